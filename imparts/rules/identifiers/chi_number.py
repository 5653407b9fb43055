"""CHI numbers: Scotland.

The first six digits are a birth date, DDMMYY, so a number like 3102500013 is refused although its
check digit fits; leading zeros matter, so it is kept as text. The ninth digit tells a sex as it was
once registered: never conclude a person's gender from it. No range for tests is known.
"""

from datetime import date

from imparts.rules.identifiers.check_digit import digits_of, problem_with_digits

SYSTEM = "urn:oid:2.16.840.1.113883.2.1.3.2.4.16.53"
CENTURIES = (1900, 2000)


def problem_with(text: str, *, allow_test_range: bool = False) -> str | None:
    """One sentence about what is wrong, without the number itself; None when it can be taken."""
    digits = digits_of(text)
    if problem := problem_with_digits(digits):
        return f"This CHI number {problem}."
    if not any(_is_day(digits, century) for century in CENTURIES):
        return "This CHI number does not begin with a date (day, month, year)."
    return None


def shown(text: str) -> str:
    """As it is written for people: the date, then the rest."""
    digits = digits_of(text)
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"


def _is_day(digits: str, century: int) -> bool:
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    try:
        date(century + year, month, day)
    except ValueError:
        return False
    return True
