"""Mobile numbers of staff: kept one way however written, refused with the way to write them."""

import pytest

from imparts.rules.identifiers.mobile_number import in_groups, read_mobile


@pytest.mark.parametrize(
    "typed",
    [
        "07700 900123", "07700900123", "+44 7700 900123", "+44 (0)7700 900-123", "0044 7700 900123",
        "(07700) 900.123", "+4407700900123",
    ],
)  # fmt: skip
def test_a_number_of_the_united_kingdom_is_kept_one_way(typed: str) -> None:
    assert read_mobile(typed) == "+447700900123"


def test_a_number_of_another_country_is_kept_with_its_country() -> None:
    assert read_mobile("+353 85 012 3456") == "+353850123456"
    assert read_mobile("00353 85 0123456") == "+353850123456"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("bleep 2210", "digits only"),
        ("2210", "names no country"),
        ("020 7946 0123", "names no country"),
        ("+44 20 7946 0123", "begin with 07"),
        ("07700 90012", "11 digits"),
        ("07700 9001234", "11 digits"),
        ("+1", "8 to 15 digits"),
        ("+1234567890123456", "8 to 15 digits"),
        ("+0 123 456 789", "8 to 15 digits"),
        ("+", "digits only"),
        ("٠٧٧٠٠٩٠٠١٢٣", "digits only"),
    ],
)
def test_what_is_no_mobile_number_is_refused_with_the_way_to_write_it(
    typed: str, says: str
) -> None:
    with pytest.raises(ValueError, match=says) as refused:
        read_mobile(typed)
    assert "07700 900123" in str(refused.value)


def test_a_kept_number_is_shown_as_people_read_it() -> None:
    assert in_groups("+447700900123") == "07700 900123"
    assert in_groups("+353850123456") == "+353850123456"
    assert in_groups("") == ""
    assert read_mobile(in_groups("+447700900123")) == "+447700900123"
