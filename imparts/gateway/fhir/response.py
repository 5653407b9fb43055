"""QuestionnaireResponse: one person's answers to one instrument, with its complete results.

Four things that must never look alike:

- answered: the item has an answer with a value;
- declined ("I would rather not answer"): the item has an answer without a value, whose extension
  data-absent-reason says asked-declined;
- not reached: the item stands there without any answer;
- not asked (after "Never"): the item is not there at all, whatever was answered before.

The result items are there only when the result is complete. An estimate is not a result of the
form: it leaves as an Observation, which says that it is one.

A response is never held back by a licence that has ended: it then leaves with its codes and numbers
and without the licensed words.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from imparts.gateway.fhir.about import About, filled, reference
from imparts.gateway.fhir.addresses import Addresses
from imparts.gateway.fhir.applies import fact_item
from imparts.gateway.fhir.asked import Asked
from imparts.gateway.fhir.expressions import TOTAL, link_id_of, results_of
from imparts.gateway.fhir.extensions import not_answered
from imparts.gateway.fhir.notices import as_it_may_leave
from imparts.rules.instruments.answers import check_answers
from imparts.rules.instruments.branching import items_to_ask
from imparts.rules.instruments.definition import Instrument, Item
from imparts.rules.scoring.result import Score, as_number
from imparts.rules.scoring.totals import COMPLETE

Json = dict[str, Any]

DECLINED = "asked-declined"


def response_of(
    instrument: Instrument,
    answers: Mapping[str, Any],
    context: Mapping[str, bool],
    *,
    about: About,
    on: date,
    declined: Collection[str] = (),
    score: Score | None = None,
    addresses: Addresses | None = None,
) -> Json:
    """The answers to one instrument, as they leave on a day.

    `declined` names the items that the person chose not to answer.
    """
    check_answers(instrument, answers)
    asked = Asked(as_it_may_leave(instrument, on=on), addresses or Addresses())
    return filled(
        {
            "resourceType": "QuestionnaireResponse",
            "id": about.response_id,
            "language": instrument.language,
            "questionnaire": asked.addresses.version(instrument),
            "status": about.status,
            "subject": reference(about.patient),
            "encounter": reference(about.encounter),
            "authored": about.moment,
            "author": reference(about.author),
            "source": reference(about.source),
            "item": [
                *_facts(asked, context),
                *_answered(asked, answers, context, declined),
                *(_results(asked, score) if score else ()),
            ],
        }
    )


def _facts(asked: Asked, context: Mapping[str, bool]) -> Iterator[Json]:
    for name in asked.facts():
        if name in context:
            yield {"linkId": fact_item(name), "answer": [{"valueBoolean": context[name]}]}


def _answered(
    asked: Asked,
    answers: Mapping[str, Any],
    context: Mapping[str, bool],
    declined: Collection[str],
) -> Iterator[Json]:
    numbers = {name: value for name, value in answers.items() if not isinstance(value, str)}
    for item in items_to_ask(asked.instrument, numbers, context):
        answer = _answer(asked, item, answers.get(item.id), item.id in declined)
        yield filled({"linkId": item.id, "text": item.text, "answer": answer})


def _answer(asked: Asked, item: Item, value: Any, is_declined: bool) -> list[Json]:
    if value is not None and value != "":
        return [asked.choices[item.id].answer(value)]
    return [{"extension": [not_answered(DECLINED)]}] if is_declined else []


def _results(asked: Asked, score: Score) -> Iterator[Json]:
    values = dict(_values(score))
    for result in results_of(asked.instrument, asked.applying):
        value = values.get(result.link_id)
        if value is not None:
            answer = {f"value{result.type.capitalize()}": value}
            yield {"linkId": result.link_id, "text": result.text, "answer": [answer]}


def _values(score: Score) -> Iterator[tuple[str, int | float | str | None]]:
    """Every result that is complete, by the item that holds it."""
    if score.status == COMPLETE:
        yield TOTAL, as_number(score.score, score.decimals)
        yield f"{TOTAL}.band", score.band_found.code if score.band_found else None
        yield "result.category", score.category.code if score.category else None
        yield "result.profile", score.profile
    for part in score.subscales:
        if part.status == COMPLETE:
            yield link_id_of(part.name), as_number(part.score, part.decimals)
            yield f"{link_id_of(part.name)}.band", part.band
