"""Health and Care numbers: Northern Ireland; 32 to 39 and eight more digits."""

from imparts.rules.identifiers.check_digit import has_shape, is_right

LOWEST, HIGHEST = 3_200_000_000, 3_999_999_999


def problem_with(text: str, *, allow_test_range: bool = False) -> str | None:
    """What is wrong with a Health and Care number, without the number; None when nothing is.

    No range is known to be kept for tests, so `allow_test_range` changes nothing.
    """
    if not has_shape(text):
        return "A Health and Care number has 10 digits. Check it and type it again."
    if not LOWEST <= int(text) <= HIGHEST:
        return "A Health and Care number begins with 32 to 39. Check that it is one."
    if not is_right(text):
        return "This is not a Health and Care number: its last digit does not fit the others."
    return None


def shown(text: str) -> str:
    """320 000 0104: how it is read out."""
    return f"{text[:3]} {text[3:6]} {text[6:]}"
