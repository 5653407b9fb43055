"""Escapes: any text as one HL7 v2 value, so that no text can begin a field or a segment of its own.

Besides the five delimiters, every control character and every character that some reader takes for
the end of a line is written as \\Xhh..\\ (its bytes in UTF-8). That keeps the MLLP framing bytes
out of a message too. NUL and halves of surrogate pairs cannot be stored or sent, and are refused.

In HL7 a value of two double quotes means "delete what you hold". A person may have typed just that,
so typed quotes are escaped; the instruction itself is the constant DELETE.
"""

import re

DELETE = "\0delete\0"  # holds NUL, so that no typed text can ever be taken for it
_DELETE_ON_THE_WIRE = '""'
_NAMES = {"|": "F", "^": "S", "~": "R", "\\": "E", "&": "T"}
_LETTERS = {letter: char for char, letter in _NAMES.items()}
_MUST_BE_ESCAPED = re.compile(r"[|^~\\&\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_ESCAPE = re.compile(r"\\([^\\]*)\\")
_HEX = re.compile(r"X((?:[0-9A-Fa-f]{2})+)")


class MessageRefused(ValueError):
    """A message that cannot be read or written, in one sentence that quotes none of its text."""


def escaped(value: str) -> str:
    """One value as it stands in a message."""
    if value == DELETE:
        return _DELETE_ON_THE_WIRE
    if value == _DELETE_ON_THE_WIRE:
        return "".join(_as_hex(char) for char in value)
    return _MUST_BE_ESCAPED.sub(lambda found: _escape_for(found.group()), value)


def _escape_for(char: str) -> str:
    if char == "\0":
        raise MessageRefused("the text holds a NUL character, which no hospital record can store")
    if "\ud800" <= char <= "\udfff":
        raise MessageRefused("the text holds half of a character, which cannot be sent")
    return f"\\{_NAMES[char]}\\" if char in _NAMES else _as_hex(char)


def _as_hex(char: str) -> str:
    return f"\\X{char.encode().hex().upper()}\\"


def unescaped(value: str, letters: dict[str, str] | None = None) -> str:
    """One value as it was meant; an escape that is not known stays as it stands.

    `letters` says what F, S, R, E and T stand for when a message declares other delimiters.
    """
    if value == _DELETE_ON_THE_WIRE:
        return DELETE
    known = letters or _LETTERS
    return _ESCAPE.sub(lambda found: _meant_by(found, known), value) if "\\" in value else value


def _meant_by(found: re.Match[str], letters: dict[str, str]) -> str:
    inside = found.group(1)
    if inside in letters:
        return letters[inside]
    if inside == ".br":
        return "\n"
    coded = _HEX.fullmatch(inside)
    if coded:
        if b"\0" in bytes.fromhex(coded.group(1)):
            raise MessageRefused("the message holds an escaped NUL character")
        return bytes.fromhex(coded.group(1)).decode("utf-8", errors="replace")
    return found.group()
