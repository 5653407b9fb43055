"""Character sets: bytes to text, by what the message itself names in MSH-18.

The header's own delimiters and MSH-18 are ASCII in every set that is allowed here, so the name can
be read before the rest is understood. A message that names none is taken as UTF-8, of which ASCII,
the standard's default, is a part; bytes that do not fit the named set are refused, never guessed.
"""

from imparts.gateway.hl7v2.escapes import MessageRefused

UTF_8 = "UNICODE UTF-8"  # what we write, and name
_MSH_18 = 17  # counted from 0 with the name of the segment, as MSH-1 is the separator itself
_CODECS = {
    "": "utf-8",
    "ASCII": "utf-8",
    "UNICODE": "utf-8",
    "UNICODE UTF-8": "utf-8",
    "UTF-8": "utf-8",
    "8859/1": "iso8859-1",
    "8859/2": "iso8859-2",
    "8859/15": "iso8859-15",
}


def decode_message(data: bytes) -> str:
    """The text of a message; MessageRefused when the set is not known or the bytes do not fit."""
    codec = _CODECS.get(_named_in(data))
    if codec is None:
        raise MessageRefused("MSH-18 names a character set that this program does not read")
    try:
        return data.decode(codec)
    except UnicodeDecodeError as wrong:
        raise MessageRefused(
            f"byte {wrong.start + 1} of the message is not of the character set that MSH-18 names"
        ) from None


def _named_in(data: bytes) -> str:
    first = data.replace(b"\n", b"\r").split(b"\r", 1)[0]
    fields = first.split(first[3:4] or b"|")
    named = fields[_MSH_18] if len(fields) > _MSH_18 else b""
    repetition = first[5:6] or b"~"
    return named.split(repetition)[0].decode("ascii", errors="replace").strip().upper()
