"""By hand: what the command line sends, one message or a whole day, and each answer as it comes."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from imparts.gateway.pretend_record.cast import read_cast
from imparts.gateway.pretend_record.day.script import KINDS, day, one
from imparts.gateway.pretend_record.day.sending import (
    Numbers,
    Sent,
    address_of_listener,
    play,
    send_text,
)
from imparts.gateway.pretend_record.run import clock, folder_here


@dataclass(frozen=True, slots=True)
class Told:
    """What to send: a kind about a number, a text, or (neither) a day."""

    kind: str | None
    number: str | None
    text: str
    to: str


async def sent_by_hand(told: Told) -> AsyncIterator[Sent]:
    """Send it; ValueError says what is wrong with what was asked for."""
    to = address_of_listener(told.to)
    if told.text:
        yield await send_text(told.text, to)
        return
    cast, now = read_cast(folder_here()), clock()
    steps = day(cast, at=now)
    if told.kind:
        person = cast.person(told.number) if told.number else cast.people[0]
        if told.kind not in KINDS:
            raise ValueError(f"{told.kind} cannot be sent; it is one of {', '.join(KINDS)}.")
        if person is None:
            numbers = ", ".join(each.number for each in cast.everyone)
            raise ValueError(f"This record knows no such number; it knows {numbers}.")
        steps = [one(told.kind, person, cast, at=now)]
    async for each in play(steps, to, Numbers(clock)):
        yield each
