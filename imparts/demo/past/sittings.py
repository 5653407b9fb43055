"""Sittings: what one person answered at one visit, item by item, and what it comes to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from random import Random
from uuid import UUID

from imparts.demo.crowd.people import id_of
from imparts.demo.past.answering import Answers, Mind, answers_to
from imparts.demo.past.desks import Desk
from imparts.rules.instruments.definition import Instrument
from imparts.rules.packs.asking import Given, Question, questions
from imparts.rules.scoring.score import Score, score

AllAnswers = Mapping[str, Answers]
_SECONDS_AN_ITEM = 5.5


@dataclass(frozen=True, slots=True)
class Pace:
    """How long someone takes."""

    age: int
    who_helped: str


@dataclass(frozen=True, slots=True)
class Sitting:
    """One sitting: finished, or left after some of the questions."""

    id: UUID
    began_at: datetime
    seconds: tuple[float, ...]
    """How long each question took."""
    asked: tuple[Question, ...]
    given: Mapping[str, Mapping[str, Given]]
    scores: Mapping[str, Score]
    """Of finished sittings only."""
    context: Mapping[str, object]
    who_helped: str
    stopped_after: int | None = None

    @property
    def ended_at(self) -> datetime:
        """When it was sent or left."""
        return self.began_at + timedelta(seconds=sum(self.seconds))

    @property
    def reached(self) -> tuple[Question, ...]:
        """The questions that were come to."""
        return self.asked[: self.stopped_after]

    def reached_at(self, place: int) -> datetime:
        """When the question at one place was answered."""
        return self.began_at + timedelta(seconds=sum(self.seconds[: place + 1]))

    def answer(self, question: Question) -> Given:
        """The answer to one question that was reached."""
        return self.given[question.instrument][question.item.id]


@lru_cache
def _answered(value: int | None) -> Given:
    return Given(value, declined=value is None)


@lru_cache(maxsize=300_000)
def scored(instrument: Instrument, values: tuple[tuple[str, int | None], ...]) -> Score:
    """The rules' own score; remembered, because many people give the same answers."""
    return score(instrument, dict(values))


def answers_of(
    instruments: Mapping[str, Instrument], mind: Mind, chance: Random
) -> dict[str, Answers]:
    """What someone would answer to everything that a service may ask, some of it left out."""
    found: dict[str, Answers] = {}
    for key, instrument in instruments.items():
        answers = answers_to(instrument, mind, chance)
        found[key] = {
            item: None if _leaves_out(key, item, mind, chance) else value
            for item, value in answers.items()
            if item in instrument.by_id
        }
    return found


def _leaves_out(instrument: str, item: str, mind: Mind, chance: Random) -> bool:
    """3 of 100 answers are "I would rather not", of item 9 four, of alcohol six."""
    if mind.habits.skips:
        return chance.random() < (0.35 if instrument == "auditc" else 0.25)
    if instrument == "auditc":
        return chance.random() < 0.02
    return (instrument, item) == ("phq9", "q9") and chance.random() < 0.0114


def sit(
    visit: UUID,
    began_at: datetime,
    desk: Desk,
    answers: AllAnswers,
    *,
    pace: Pace,
    answered_days_ago: Mapping[str, int],
    chance: Random,
    stops: bool = False,
) -> Sitting:
    """Put a person's answers through the service's own questions."""
    everything = {
        key: {item: _answered(value) for item, value in items.items()}
        for key, items in answers.items()
    }
    asked = questions(
        desk.pack, desk.instruments, everything, {}, age=pace.age,
        answered_days_ago=answered_days_ago,
    )  # fmt: skip
    stopped_after = chance.randrange(1, len(asked)) if stops and len(asked) > 1 else None
    given: dict[str, dict[str, Given]] = {}
    for question in asked[:stopped_after]:
        of_instrument = given.setdefault(question.instrument, {})
        of_instrument[question.item.id] = everything[question.instrument][question.item.id]
    return Sitting(
        id=id_of(f"sitting {visit}"),
        began_at=began_at.astimezone(UTC),  # sums over the night when the clocks change hold
        seconds=_seconds(len(asked[:stopped_after]), pace, chance),
        asked=asked,
        given=given,
        scores={} if stops else _scores(desk, given),
        context={"age": pace.age, "answered_days_ago": dict(answered_days_ago)},
        who_helped=pace.who_helped,
        stopped_after=stopped_after,
    )


def _scores(desk: Desk, given: Mapping[str, Mapping[str, Given]]) -> dict[str, Score]:
    return {
        key: scored(desk.instruments[key], tuple((item, one.value) for item, one in items.items()))
        for key, items in given.items()
    }


def _seconds(number: int, pace: Pace, chance: Random) -> tuple[float, ...]:
    """Half of all questions take less than 5.5 seconds; one person in 200 taps through them."""
    if chance.random() < 0.005:
        return (0.8,) * number
    usual = _SECONDS_AN_ITEM * (1.8 if pace.age > 75 else 1)
    usual *= 1 if pace.who_helped == "nobody" else 1.5
    usual *= chance.lognormvariate(0, 0.25)
    return tuple(usual * (0.4 + 1.2 * chance.random()) for _ in range(number))
