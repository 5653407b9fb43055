"""Requests: one form to be scored, as any file format hands it over, and what is wrong with it.

Nothing is guessed: "2" and true are not answers. 2.0 is the same number as 2. A free text is taken
and is no part of a score. Whatever cannot be scored is refused with one sentence.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from imparts.rules.instruments.answers import AnswerRefused
from imparts.rules.instruments.definition import Instrument
from imparts.rules.scoring.quick.scorer import NO_CONTEXT, Json, QuickScorer
from imparts.rules.scoring.refused import ScoringRefused

Id = str | int | None


class RequestRefused(ValueError):
    """A request that cannot be scored; the message is one sentence."""


REFUSALS = (RequestRefused, AnswerRefused, ScoringRefused)


@dataclass(frozen=True, slots=True)
class Form:
    """One form, with the scorer that it asks for and its number there, if it can be looked up."""

    scorer: QuickScorer
    answers: Mapping[str, Any]
    context: Mapping[str, bool]
    number: int | None

    def result(self) -> Json:
        """The result, which is shared and not to be changed."""
        if self.number is None:
            return self.scorer(self.answers, self.context)
        return self.scorer.result(self.number, self.answers, self.context)


class RequestScorer:
    """Scores requests for any of some instruments; each is prepared when it is first asked for."""

    def __init__(self, instruments: Mapping[str, Instrument]) -> None:
        self.instruments = instruments
        self._scorers: dict[str, QuickScorer] = {}

    def scorer(self, name: object) -> QuickScorer:
        """The scorer of one instrument."""
        if not isinstance(name, str):
            raise RequestRefused("instrument must be the id of an instrument, such as phq9")
        found = self._scorers.get(name)
        if found is None:
            found = self._scorers[name] = QuickScorer(self._instrument(name))
        return found

    def form(self, asked: Mapping[str, Any]) -> Form:
        """A request that has been read already, as a form; raises RequestRefused."""
        scorer = self.scorer(asked.get("instrument"))
        answers, context = _answers_of(asked), _context_of(asked)
        number = scorer.number_of(answers, context)
        if number is None:  # 2.0, a free text, or something to be refused
            answers = {item: _whole(scorer.instrument, item, answers[item]) for item in answers}
            number = scorer.number_of(answers, context)
        return Form(scorer, answers, context, number)

    def _instrument(self, name: str) -> Instrument:
        if name not in self.instruments:
            known = ", ".join(sorted(self.instruments))
            raise RequestRefused(
                f"{name[:30]} is not an instrument that is known here; known are {known}"
            )
        return self.instruments[name]


def id_of(asked: Mapping[str, Any]) -> Id:
    """The id by which whoever asks will know the result again."""
    name = asked.get("id")
    if isinstance(name, str) or type(name) is int:
        return name
    raise RequestRefused("id must be text or a whole number" if "id" in asked else "id is missing")


def _answers_of(asked: Mapping[str, Any]) -> Mapping[str, Any]:
    answers = asked.get("answers")
    if not isinstance(answers, dict):
        raise RequestRefused('answers must be an object such as {"q1": 2, "q2": null}')
    return answers


def _context_of(asked: Mapping[str, Any]) -> Mapping[str, bool]:
    """Facts about the person. One that the instrument does not know changes nothing."""
    context = asked.get("context")
    if context is None:
        return NO_CONTEXT
    if not isinstance(context, dict):
        raise RequestRefused('context must be an object such as {"periods_not_applicable": true}')
    for name, value in context.items():
        if not isinstance(value, bool):
            raise RequestRefused(f"context {name[:30]} must be true or false")
    return context


def _whole(instrument: Instrument, name: str, value: Any) -> Any:
    """2.0 is the same number as 2; free text is no part of a score."""
    item = instrument.by_id.get(name)
    if item is not None and item.free_text and isinstance(value, str):
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
