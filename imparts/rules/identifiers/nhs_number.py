"""NHS numbers: England, Wales and the Isle of Man; check digit, range and display form."""

from imparts.rules.identifiers.check_digit import has_shape, is_right

ISSUED = ((4_000_000_000, 4_999_999_999), (6_000_000_000, 7_999_999_999))
TEST_PREFIX = "9"  # synthetic numbers; ours begin with 999


def problem_with(text: str, *, allow_test_range: bool) -> str | None:
    """What is wrong with an NHS number, as a sentence without the number; None when nothing is.

    A number of zeros has a right check digit and is refused by range, as is every number outside
    the issued ranges. Numbers that begin with 9 are for tests only.
    """
    if not has_shape(text):
        return "An NHS number has 10 digits. Check it and type it again."
    if not is_right(text):
        return "This is not an NHS number: its last digit does not fit the others. Check it."
    if any(low <= int(text) <= high for low, high in ISSUED):
        return None
    if text.startswith(TEST_PREFIX):
        return (
            None if allow_test_range else "This NHS number is for tests only and no person has it."
        )
    return "No NHS number begins so. Check that it is an NHS number and not another."


def shown(text: str) -> str:
    """999 041 7202: how it is read out."""
    return f"{text[:3]} {text[3:6]} {text[6:]}"
