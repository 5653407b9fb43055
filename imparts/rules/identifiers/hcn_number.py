"""Health and Care numbers: Northern Ireland, 3200000000 to 3999999999. No range for tests is known."""

from imparts.rules.identifiers.check_digit import digits_of, problem_with_digits

FIRST_TWO = range(32, 40)


def problem_with(text: str, *, allow_test_range: bool = False) -> str | None:
    """One sentence about what is wrong, without the number itself; None when it can be taken."""
    digits = digits_of(text)
    if problem := problem_with_digits(digits):
        return f"This Health and Care number {problem}."
    if int(digits[:2]) not in FIRST_TWO:
        return "This Health and Care number is outside the range that is issued."
    return None


def shown(text: str) -> str:
    """As it is written for people: 320 000 0104."""
    digits = digits_of(text)
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"
