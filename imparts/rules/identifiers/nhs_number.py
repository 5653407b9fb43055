"""NHS numbers: England, Wales and the Isle of Man.

Issued are 4000000000 to 4999999999 and 6000000000 to 7999999999. Numbers from 9000000000 are for
tests and documentation; those beginning with 999 will never be issued. 0000000000 passes the check
digit and is nobody's: the range refuses it.
"""

from imparts.rules.identifiers.check_digit import digits_of, problem_with_digits

SYSTEM = "https://fhir.nhs.uk/Id/nhs-number"
ISSUED_FIRST_DIGITS = ("4", "6", "7")
TEST_FIRST_DIGIT = "9"


def problem_with(text: str, *, allow_test_range: bool) -> str | None:
    """One sentence about what is wrong, without the number itself; None when it can be taken."""
    digits = digits_of(text)
    if problem := problem_with_digits(digits):
        return f"This NHS number {problem}."
    if digits[0] in ISSUED_FIRST_DIGITS:
        return None
    if digits[0] == TEST_FIRST_DIGIT:
        if allow_test_range:
            return None
        return "This NHS number is of the range for tests; it belongs to nobody."
    return "This NHS number is outside the ranges that are issued."


def shown(text: str) -> str:
    """As it is written for people: 999 041 7202."""
    digits = digits_of(text)
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"
