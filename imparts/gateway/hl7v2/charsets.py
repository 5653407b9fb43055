"""Character sets: bytes to text, by what the message itself names in MSH-18.

The header's own delimiters and MSH-18 are ASCII in every set that is allowed here, so the name can
be read before the rest is understood. A message that names none is taken as UTF-8, of which ASCII,
the standard's default, is a part, or as what was agreed with its sender; bytes that do not fit the
set are refused, never guessed. A mark at the beginning (BOM) that says UTF-8 is left out.
"""

import codecs

from imparts.gateway.hl7v2.escapes import MessageRefused

UTF_8 = "UNICODE UTF-8"  # what we write, and name
_LONGEST_HEADER = 65536
_MSH_18 = 17  # counted from 0 with the name of the segment, as MSH-1 is the separator itself
_CODECS = {
    "ASCII": "utf-8",
    "UNICODE": "utf-8",
    "UNICODE UTF-8": "utf-8",
    "UTF-8": "utf-8",
    **{f"8859/{part}": f"iso8859-{part}" for part in (*range(1, 10), 15)},
    "WINDOWS-1252": "cp1252",  # not in the standard's table; what is meant where 8859/1 was not
}


def decode_message(data: bytes, *, otherwise: str = UTF_8) -> str:
    """The text of a message; MessageRefused when the set is not known or the bytes do not fit.

    `otherwise` is the set of a message that names none.
    """
    data = without_mark(data)
    codec = _CODECS.get(_named_in(data) or otherwise)
    if codec is None:
        raise MessageRefused("MSH-18 names a character set that this program does not read")
    try:
        return data.decode(codec)
    except UnicodeDecodeError as wrong:
        raise MessageRefused(
            f"byte {wrong.start + 1} of the message is not of the character set that MSH-18 names"
        ) from None


def is_known(charset: str) -> bool:
    """Can messages in this character set be read?"""
    return charset.upper() in _CODECS


def codec_named(header: bytes) -> str:
    """The codec of the set that a header names; empty when it names none that is known."""
    return _CODECS.get(_named_in(header), "")


def without_mark(data: bytes) -> bytes:
    """Without the mark that some programs put before UTF-8."""
    return data.removeprefix(codecs.BOM_UTF8)


def _named_in(data: bytes) -> str:
    first = data[:_LONGEST_HEADER].replace(b"\n", b"\r").split(b"\r", 1)[0]
    fields = first.split(first[3:4] or b"|")
    named = fields[_MSH_18] if len(fields) > _MSH_18 else b""
    repetition = first[5:6] or b"~"
    return named.split(repetition)[0].decode("ascii", errors="replace").strip().upper()
