"""Numbers that belong to nobody: NHS numbers of the 999 test range, hospital numbers, postcodes.

NHS numbers that begin with 999 are never issued to anyone; their check digits are right, so that
everything which checks a number can be tried. No CHI or H&C numbers are invented: those have no
test range, so any that is right in form might be a real person's.
"""

from collections.abc import Collection, Iterator
from random import Random

_WEIGHTS = range(10, 1, -1)
_PREFIXES = 1_000_000
_HOSPITAL_PRIME = 600_011
# Postcodes in the United Kingdom never begin with Q, V or X.
_AREAS = ("QF", "QM", "VT", "VW", "XO", "XR")
_UNITS = "ABDEFGHJLNPQRSTUWXYZ"


def nhs_numbers(seed: int, *, but: Collection[str] = ()) -> Iterator[str]:
    """Different test-range numbers without end (about 900,000), in an order that the seed gives.

    `but` are numbers that are spoken for already.
    """
    chance = Random(f"nhs numbers {seed}")
    start = chance.randrange(_PREFIXES)
    step = 2 * chance.randrange(_PREFIXES // 2) + 1
    while step % 5 == 0:  # odd and no multiple of 5: every prefix comes up exactly once
        step += 2
    for turn in range(_PREFIXES):
        number = _with_check_digit(f"999{(start + turn * step) % _PREFIXES:06}")
        if number and number not in but:
            yield number
    raise LookupError("The 999 range has no numbers left: ask for fewer than 900,000 people.")


def _with_check_digit(prefix: str) -> str | None:
    """The number with its modulus 11 check digit; None where no digit exists for the prefix."""
    total = sum(int(digit) * weight for digit, weight in zip(prefix, _WEIGHTS, strict=True))
    check = (11 - total % 11) % 11
    return None if check == 10 else f"{prefix}{check}"


def hospital_number(prefix: str, place: int) -> str:
    """A hospital's own number for the person at one place in the seed's order; never twice."""
    return f"{prefix}{300_000 + place * 7_919 % _HOSPITAL_PRIME:06}"


def postcode(chance: Random) -> str:
    """A postcode that cannot exist."""
    inward = f"{chance.randrange(1, 10)}{chance.choice(_UNITS)}{chance.choice(_UNITS)}"
    return f"{chance.choice(_AREAS)}{chance.randrange(1, 20)} {inward}"


def mobile(chance: Random) -> str:
    """A mobile number of the range that is kept for drama."""
    return f"07700 900{chance.randrange(1000):03}"
