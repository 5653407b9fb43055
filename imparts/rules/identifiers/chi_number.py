"""CHI numbers: Scotland; a birth date, three digits and the check digit.

The number shows birth date and, by its ninth digit, sex: it is treated as sensitive, and neither
is ever worked out from it.
"""

from datetime import date

from imparts.rules.identifiers.check_digit import has_shape, is_right


def problem_with(text: str, *, allow_test_range: bool = False) -> str | None:
    """What is wrong with a CHI number, as a sentence without the number; None when nothing is.

    No range is known to be kept for tests, so `allow_test_range` changes nothing.
    """
    if not has_shape(text):
        return "A CHI number has 10 digits, with the leading 0. Check it and type it again."
    if not _begins_with_a_day(text):
        return "This is not a CHI number: its first 6 digits are not a date. Check it."
    if not is_right(text):
        return "This is not a CHI number: its last digit does not fit the others. Check it."
    return None


def shown(text: str) -> str:
    """010150 0017: the birth date apart."""
    return f"{text[:6]} {text[6:]}"


def _begins_with_a_day(text: str) -> bool:
    day, month, year = int(text[:2]), int(text[2:4]), int(text[4:6])
    return any(_is_day(century + year, month, day) for century in (1900, 2000))


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
