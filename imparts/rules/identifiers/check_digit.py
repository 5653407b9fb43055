"""The check digit that NHS, CHI and Health and Care numbers share.

Modulus 11: digits 1 to 9 times 10 down to 2, the sum's remainder by 11 taken from 11; 11 becomes 0,
and 10 means that no such number exists (source: nhs-number 2.2.0).
"""

LENGTH = 10
_WEIGHTS = range(10, 1, -1)


def digits_of(text: str) -> str:
    """The number without the spaces and hyphens that people put between its parts."""
    return text.strip().replace(" ", "").replace("-", "")


def problem_with_digits(digits: str) -> str | None:
    """What is wrong with ten digits, whatever number they are; None when the check digit is right."""
    if not (digits.isascii() and digits.isdecimal()):
        return "holds something other than digits"
    if len(digits) != LENGTH:
        return f"has {len(digits)} digits; it needs {LENGTH}"
    if check_digit(digits[:9]) != int(digits[9]):
        return "has a check digit that does not fit; a digit may be mistyped"
    return None


def check_digit(first_nine: str) -> int | None:
    """The tenth digit; None when no number begins like this."""
    total = sum(int(digit) * weight for digit, weight in zip(first_nine, _WEIGHTS, strict=True))
    check = (11 - total % 11) % 11
    return None if check == 10 else check
