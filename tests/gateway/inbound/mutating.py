"""Mutating: valid messages about invented people, damaged in every way that chance thinks of.

The same seed gives the same messages. Names, numbers and the rest of what they say are canaries:
texts that stand nowhere else, so that one of them in a log is seen.
"""

from collections.abc import Callable, Iterator
from random import Random

CANARIES = (
    "Quibblecanary", "Zephyrine", "CANARY-7731", "9990417202", "FH9 9ZZ", "Canary Wharf Road",
    "19610314",
)  # fmt: skip
_PERSON = (
    "PID|1||CANARY-7731^^^^MR~9990417202^^^NHS^NH||Quibblecanary^Zephyrine^^^^^L||19610314|F|||"
    "7 Canary Wharf Road^^Fernhollow^^FH9 9ZZ^GBR||||||||||||A"
)
_VISIT = "PV1|1|I|Juniper^B^4^^^^^^Juniper ward|||||||||||||||V7731"
_BODIES = {
    "ADT^A28^ADT_A05": (_PERSON, "PV1|1|N"),
    "ADT^A08^ADT_A01": (_PERSON, "PV1|1|O"),
    "ADT^A01^ADT_A01": (_PERSON, _VISIT),
    "ADT^A40^ADT_A39": (_PERSON, "MRG|CANARY-7732^^^^MR"),
    "SIU^S12^SIU_S12": (
        "SCH|A7731||||||||||^^^20261118093000", _PERSON, "RGS|1", "AIL|1||RHEU1",
    ),
    "ORU^R01^ORU_R01": (
        _PERSON, "OBR|1|||4548-4^HbA1c^LN|||20261117080000",
        "OBX|1|NM|4548-4^HbA1c^LN||48|mmol/mol|||||F|||20261117080000",
    ),
}  # fmt: skip
_HOSTILE = (
    b"\0", b"\x0b", b"\x1c", b"\x1c\r", b"\r\r\r", b"\n", b"\xff\xfe", b"\xed\xa0\x80", b"\\X0D\\",
    b"\\X00\\", b"|" * 300, b"^~\\&", b"<script>alert(1)</script>", b"'; drop table people; --",
    b'""', "\u202e\u2028Zoë".encode(), b"MSH|^~\\&|", b"A" * 5000, b"\x1b[2J", b"=cmd()", b"%s%n",
)  # fmt: skip
Mutation = Callable[[Random, bytearray], None]


def valid(kind: str, control_id: str) -> bytes:
    """A message of one kind, as it should be."""
    event = kind.split("^")[1]
    header = (
        f"MSH|^~\\&|PAS|RXX|IMPARTS|RXX|20261117115900||{kind}|{control_id}|P|2.5.1"
        "|||||GBR|UNICODE UTF-8"
    )
    segments = (header, f"EVN|{event}|20261117115900", *_BODIES[kind])
    return "".join(f"{segment}\r" for segment in segments).encode()


def mutations(count: int, *, seed: int) -> Iterator[tuple[str, bytes]]:
    """Control ids and damaged messages; every tenth is left whole."""
    chance = Random(seed)
    kinds = sorted(_BODIES)
    for number in range(count):
        control_id = f"M{seed}-{number}"
        message = bytearray(valid(chance.choice(kinds), control_id))
        if number % 10:
            for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
                chance.choice(_WAYS)(chance, message)
        yield control_id, bytes(message)


def _cut(chance: Random, message: bytearray) -> None:
    start = chance.randrange(len(message) + 1)
    del message[start : start + chance.choice((1, 1, 3, 20, 200))]


def _cut_off(chance: Random, message: bytearray) -> None:
    del message[chance.randrange(len(message) + 1) :]


def _insert(chance: Random, message: bytearray) -> None:
    place = chance.randrange(len(message) + 1)
    message[place:place] = chance.choice(_HOSTILE)


def _flip(chance: Random, message: bytearray) -> None:
    for _ in range(chance.choice((1, 4, 30))):
        if message:
            message[chance.randrange(len(message))] = chance.randrange(256)


def _double(chance: Random, message: bytearray) -> None:
    lines = bytes(message).split(b"\r")
    lines.insert(chance.randrange(len(lines) + 1), chance.choice(lines))
    message[:] = b"\r".join(lines)


def _shuffle(chance: Random, message: bytearray) -> None:
    first, *rest = bytes(message).split(b"\r")
    chance.shuffle(rest)
    message[:] = b"\r".join([first, *rest])


def _field(chance: Random, message: bytearray) -> None:
    """Another value in one field."""
    lines = bytes(message).split(b"\r")
    place = chance.randrange(len(lines))
    fields = lines[place].split(b"|")
    values = (b"", b"x", b"0", b"-1", b"99999999", b"20261332", b"20260229", b'""', b"^^^^^^^^",
              b"~" * 50, b"Z" * 300, b"2026-01-01T00:00:00Z", *_HOSTILE)  # fmt: skip
    fields[chance.randrange(len(fields))] = chance.choice(values)
    lines[place] = b"|".join(fields)
    message[:] = b"\r".join(lines)


_WAYS: tuple[Mutation, ...] = (_cut, _cut_off, _insert, _flip, _double, _shuffle, _field, _field)
