"""The check digit that the NHS, CHI and H&C numbers share: modulus 11 over ten digits.

Source: clinical reference, section 4.4 (nhs-number 2.2.0 agreed on 20,000 random prefixes).
"""


def check_digit(first_nine: str) -> int | None:
    """The tenth digit of nine; None when no valid number begins so.

    Digits 1 to 9 are multiplied by 10 down to 2 and added; 11 less the remainder by 11 is the
    digit, where 11 becomes 0 and 10 means that the number cannot exist.
    """
    total = sum(
        int(digit) * weight for digit, weight in zip(first_nine, range(10, 1, -1), strict=True)
    )
    digit = 11 - total % 11
    return None if digit == 10 else digit % 11


def has_shape(text: str) -> bool:
    """Whether this is ten digits of the plain kind: not Arabic-Indic, not superscript."""
    return len(text) == 10 and text.isascii() and text.isdigit()


def is_right(text: str) -> bool:
    """Whether the tenth digit follows from the nine before it."""
    return has_shape(text) and check_digit(text[:9]) == int(text[9])
