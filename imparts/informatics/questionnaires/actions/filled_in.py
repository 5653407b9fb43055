"""A form filled in: its final answers, its numbers, and what the record is owed.

Its author's formula is worked out as it stands; nobody here has checked it, and every place that
shows a number says so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from imparts.informatics.questionnaires.actions.answer_rows import entered_as_json
from imparts.informatics.questionnaires.actions.owed_to_record import Owed, facts_about
from imparts.informatics.questionnaires.models import Answer, Response
from imparts.informatics.results import actions as results
from imparts.informatics.results.models import ResponseScore
from imparts.rules.forms.answer_words import answers_in_words
from imparts.rules.forms.definition import FormItem
from imparts.rules.forms.reading.vocabulary import LOINC
from imparts.rules.forms.values import Coding, FormAnswers, to_json
from imparts.rules.packs.alerting import Watched
from imparts.rules.packs.asking import Given, Question, entered_in
from imparts.rules.packs.forms import FormToAsk
from imparts.rules.record.cautions import FORMULA_NOT_CHECKED
from imparts.rules.record.result_facts import (
    InstrumentFacts,
    ItemFacts,
    ResultFacts,
    ScoreFacts,
)
from imparts.rules.scoring.totals import COMPLETE, INCOMPLETE

if TYPE_CHECKING:
    from imparts.rules.forms.filling import Filled
    from imparts.rules.forms.result import FormResult

MOST_NOTES = 20


@dataclass(frozen=True, slots=True)
class FilledIn:
    """One form of a sitting: its response, its final answers and what they come to."""

    response: Response
    asked: FormToAsk
    given: Mapping[str, Given]
    questions: tuple[tuple[str, FormItem], ...]
    filled: "Filled"
    result: "FormResult"
    positive: frozenset[str]
    """The paths whose answers raised an alert."""

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return sum(
            path in self.given and self.given[path].is_answered for path, _ in self.questions
        )

    def answers(self) -> Iterator[Answer]:
        """A row for each question that was asked, then for what nobody answered."""
        for path, _ in self.questions:
            yield answer_row(self.response, path, self.given.get(path))
        for path, values in _nobody_answered(self.filled).items():
            entered = [to_json(value) for value in values]
            yield Answer(response=self.response, item=path, entered=entered, is_worked_out=True)

    def score_row(self, *, at: datetime) -> ResponseScore:
        """The numbers that the form works out."""
        response = self.response
        return results.new_form_score(
            response=response.pk, sitting=response.invitation_id, patient_id=response.patient_id,
            service_id=response.service_id, content_id=response.content_id,
            form=self.asked.form.key, result=self.result, answered=self.answered,
            asked=len(self.questions), at=at,
        )  # fmt: skip

    def facts(self, to: Owed) -> ResultFacts:
        """What the record is told."""
        form = self.asked.form
        instrument = InstrumentFacts(
            form.key, form.title, form.title, form.version, is_form=True,
            loinc_panel=_loinc(form.codes),
        )  # fmt: skip
        score = ScoreFacts(
            status=COMPLETE if self.result.complete else INCOMPLETE, score=None, out_of=None,
            lower=None, upper=None, answered=self.answered, asked=len(self.questions),
        )  # fmt: skip
        items = (*self._numbers(), *(self._item(path, item) for path, item in self.questions))
        return facts_about(
            to, self.response, instrument=instrument, score=score, items=items,
            notes=tuple(self._notes()),
        )  # fmt: skip

    def _numbers(self) -> Iterator[ItemFacts]:
        for one in self.result.numbers:
            item = self.asked.form.by_id[one.link_id]
            yield ItemFacts(
                one.path, one.label, number=one.value, unit=one.unit, loinc=_loinc(item.codes)
            )

    def _item(self, path: str, item: FormItem) -> ItemFacts:
        given = self.given.get(path)
        values = (given.entered if given else None) or ()
        option = item.option(values[0]) if len(values) == 1 else None
        weight = option.weight if option else None
        is_whole = weight is not None and weight == weight.to_integral_value()
        words = answers_in_words(item, values, "en")
        return ItemFacts(
            path, item.words("en") or item.link_id, value=int(weight or 0) if is_whole else None,
            label=words if is_whole else "", words="" if is_whole else words,
            loinc=_loinc(item.codes), declined=bool(given and given.declined),
            flagged=path in self.positive,
        )  # fmt: skip

    def _notes(self) -> Iterator[str]:
        if self.result.numbers:
            yield FORMULA_NOT_CHECKED
        if self.result.missing:
            yield f"{self.answered} of {len(self.questions)} answered."
        for line in self.result.problems[:MOST_NOTES]:
            label = self.asked.form.by_id[line.link_id].text or line.link_id
            yield f"{label}: {line.sentence}."


def fill_in(
    asked: FormToAsk,
    response: Response,
    questions: Sequence[Question],
    given: Mapping[str, Given],
    watched: Watched,
) -> FilledIn:
    """Work a form out for its final answers."""
    from imparts.rules.forms.filling import fill  # heavy, and many sites ask no form
    from imparts.rules.forms.result import result_in

    filled = fill(asked.form, entered_in(given), asked.told)
    screens = [q.screen for q in questions if q.screen and not q.asks_for_another]
    return FilledIn(
        response=response,
        asked=asked,
        given=given,
        questions=tuple((one.path, one.item) for one in screens),
        filled=filled,
        result=result_in(filled),
        positive=frozenset(
            q.item.id for q in questions if q.item.id in given and watched.kind(q, given[q.item.id])
        ),
    )


def answer_row(response: Response, item: str, given: Given | None) -> Answer:
    """The final answer to one item; nothing given is not reached."""
    entered = entered_as_json(given) if given and given.entered else None
    return Answer(
        response=response, item=item, value=given.value if given else None, entered=entered,
        declined=bool(given and given.declined),
    )  # fmt: skip


def _nobody_answered(filled: "Filled") -> FormAnswers:
    """What the form worked out, and how often each repeating group was filled in."""
    times = {path: (number,) for path, number in filled.times.items()}
    return {**filled.calculated, **times}


def _loinc(codes: Sequence[Coding]) -> str:
    return next((code.code for code in codes if code.system == LOINC), "")
