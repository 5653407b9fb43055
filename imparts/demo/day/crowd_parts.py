"""Crowd parts: a believable half-day of people who have no story."""

from collections.abc import Callable, Mapping, Sequence
from random import Random
from uuid import UUID

from imparts.demo.day.parts import Part
from imparts.demo.past.answering import Answers

AnswersOf = Callable[[UUID], Mapping[str, Answers]]


def live(
    people: Sequence[UUID], *, finished: int, answers_of: AnswersOf, chance: Random
) -> list[Part]:
    """A clinic in full swing: a third has been seen, a third is here, a third is still to come."""
    parts: list[Part] = []
    for number, person in enumerate(people):
        minutes = round(-95 + 230 * number / max(len(people) - 1, 1))
        if minutes < -20:
            done = sum(part.asking == "finished" for part in parts) < finished
            parts.append(_seen(person, minutes, done=done, answers_of=answers_of, chance=chance))
        elif minutes < 55:
            parts.append(here(person, minutes, chance))
        else:
            parts.append(Part(person, minutes))
    return parts


def here(person: UUID, minutes: int, chance: Random) -> Part:
    """Someone who has arrived and has not been asked."""
    place = chance.choice(("Area A", "Area B"))
    return Part(person, minutes, "arrived", arrived=chance.randrange(2, 24), place=place)


def _seen(person: UUID, minutes: int, *, done: bool, answers_of: AnswersOf, chance: Random) -> Part:
    arrived = -minutes + chance.randrange(8, 20)
    moved = max(1, -minutes - chance.randrange(10, 30))
    if done:
        return Part(
            person, minutes, "left", arrived=arrived, moved=moved, asking="finished",
            asked=min(arrived - 7, -minutes + 4), answers=answers_of(person),
            tablet=chance.randrange(1, 7), decides=True,
        )  # fmt: skip
    asking = chance.choices(("none", "declined", "no_time", "other"), (45, 30, 15, 10))[0]
    if asking == "none" and chance.random() < 0.4:
        return Part(person, minutes, "did_not_attend", moved=moved)
    return Part(
        person, minutes, "left", arrived=arrived, moved=moved, asking=asking, asked=arrived - 4
    )


def to_come(people: Sequence[UUID], *, first: int, every: int) -> list[Part]:
    """A half-day that has not begun: everyone is booked; minutes count from midnight."""
    return [Part(person, first + every * number) for number, person in enumerate(people)]


def over(
    people: Sequence[UUID], *, first: int, every: int, now: int, finished: int,
    answers_of: AnswersOf, chance: Random,
) -> list[Part]:  # fmt: skip
    """A half-day that is over: everyone has been seen or did not come."""
    parts: list[Part] = []
    for number, person in enumerate(people):
        minutes = first + every * number - now
        done = sum(part.asking == "finished" for part in parts) < finished
        parts.append(_seen(person, minutes, done=done, answers_of=answers_of, chance=chance))
    return parts
