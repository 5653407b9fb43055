"""Answering: how one acknowledgement leaves this record, in each of its moods."""

import asyncio

from imparts.gateway.hl7v2.frames import END, START, frame
from imparts.gateway.pretend_record.moods import Mood, Pauses

_NOISE = b"HTTP/1.1 400 Bad Request\r\n\r\n"
_MUCH = b"A" * 65536
_AT_MOST = 80  # times that much, to whoever goes on reading
_THEN_CLOSES = (Mood.CLOSES, Mood.HANGS_UP, Mood.ENDLESS)
_SAYS_NOTHING = (Mood.SILENT, Mood.FORGETS, Mood.HANGS_UP, Mood.DEAF)
UNANSWERED = (*_SAYS_NOTHING, Mood.CLOSES, Mood.HALF, Mood.ENDLESS, Mood.GARBAGE)


async def utter(
    writer: asyncio.StreamWriter, answer: bytes, other: bytes, mood: Mood, pauses: Pauses
) -> bool:
    """Write it as the mood is; `other` is an answer to another message. False: then hang up."""
    if mood is Mood.SLOW:
        await asyncio.sleep(pauses.slow)
    if mood in (Mood.LATE, Mood.DEAF):
        await asyncio.sleep(pauses.late)
    for piece, pause in _pieces(answer, other, mood, pauses):
        writer.write(piece)
        await writer.drain()
        await asyncio.sleep(pause)
    return mood not in (*_THEN_CLOSES, Mood.DEAF)


def _pieces(answer: bytes, other: bytes, mood: Mood, pauses: Pauses) -> list[tuple[bytes, float]]:
    """What is written, and how long to wait after each."""
    if mood in _SAYS_NOTHING:
        return []
    if mood is Mood.DRIPS:
        return [(answer[n : n + 1], pauses.slow / len(answer)) for n in range(len(answer))]
    if mood is Mood.REPEATS:
        return [(answer, pauses.slow), (answer, 0)]
    if mood is Mood.ENDLESS:
        return [(START, 0), *[(_MUCH, 0)] * _AT_MOST]
    return [(_bent(answer, other, mood), 0)]


def _bent(answer: bytes, other: bytes, mood: Mood) -> bytes:
    bent = {
        Mood.CLOSES: answer[: len(answer) // 2],
        Mood.HALF: answer[: len(answer) // 2],
        Mood.TWICE: answer + answer,
        Mood.BEFORE: other + answer,
        Mood.WRONG_ID: other,
        Mood.GARBAGE: frame(_NOISE),
        Mood.BARE: answer.removeprefix(START).removesuffix(END),
        Mood.CHATTER: b"\r\n" + answer + b"\r\n\0",
        Mood.NO_MSA: _without_msa(answer),
    }
    return bent.get(mood, answer)


def _without_msa(answer: bytes) -> bytes:
    kept = [line for line in answer.removesuffix(END).split(b"\r") if not line.startswith(b"MSA")]
    return b"\r".join(kept) + END
