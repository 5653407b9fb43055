"""Text that people typed, made fit for paper: no signs that a reader cannot see.

Signs that turn the direction of writing, or that take no room, can make a line read otherwise than
it is stored ("not" moved to another word). Words themselves are never changed.
"""

import unicodedata

_UNSEEN = ("Cc", "Cf", "Co", "Cs")
_MEANT = "\u200c\u200d"  # joiners that some scripts need inside a word


def one_line(text: str) -> str:
    """The text on one line, its spaces single."""
    return " ".join(_visible(text).split())


def several_lines(text: str) -> tuple[str, ...]:
    """The lines of a text, empty ones left out."""
    lines = (one_line(line) for line in text.splitlines())
    return tuple(line for line in lines if line)


def sentence(text: str) -> str:
    """A text as a sentence: one line with a capital and a full stop; nothing stays nothing."""
    line = one_line(text)
    if not line:
        return ""
    return f"{line[:1].upper()}{line[1:]}" + ("" if line[-1] in ".?!" else ".")


def _visible(text: str) -> str:
    return "".join(
        " " if sign.isspace() else sign
        for sign in text
        if sign in _MEANT or sign.isspace() or unicodedata.category(sign) not in _UNSEEN
    )
