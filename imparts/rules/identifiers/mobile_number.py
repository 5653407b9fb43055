"""Mobile numbers of staff: written as people write them, kept the one way that all networks read.

A number of the United Kingdom may begin with 07, any other with its country: + and the code. What
is kept is E.164: a plus sign, the country's code and the number, at most fifteen digits.
"""

import re

_FILLING = re.compile(r"[\s().-]+")
_HOW = "Write it as 07700 900123, or with its country as +353 85 012 3456."


def read_mobile(text: str) -> str:
    """The number as it is kept; ValueError says what is wrong and how to write it."""
    bare = re.sub(r"^00", "+", _FILLING.sub("", text).replace("+44(0)", "+44"))
    bare = re.sub(r"^\+440", "+44", bare)
    if not re.fullmatch(r"\+?[0-9]+", bare):
        raise ValueError(f"A mobile number holds digits only. {_HOW}")
    if bare.startswith("07"):
        bare = f"+44{bare[1:]}"
    if not bare.startswith("+"):
        raise ValueError(f"This number names no country. {_HOW}")
    if bare.startswith("+44"):
        return _of_the_united_kingdom(bare)
    if not re.fullmatch(r"\+[1-9][0-9]{7,14}", bare):
        raise ValueError(f"An international number has 8 to 15 digits. {_HOW}")
    return bare


def _of_the_united_kingdom(bare: str) -> str:
    if not bare.startswith("+447"):
        raise ValueError(f"Mobile numbers of the United Kingdom begin with 07. {_HOW}")
    if len(bare) != len("+447700900123"):
        raise ValueError(f"Mobile numbers of the United Kingdom have 11 digits. {_HOW}")
    return bare


def in_groups(number: str) -> str:
    """A kept number as people read it."""
    if number.startswith("+447"):
        return f"0{number[3:7]} {number[7:]}"
    return number
