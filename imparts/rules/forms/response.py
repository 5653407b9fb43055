"""Responses: a filled-in form as a FHIR QuestionnaireResponse, and one read back.

Out and in again gives the same answers. What does not apply is not sent: FHIR allows no answer to a
question that was not to be asked.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from imparts.rules.forms.definition import Form, FormItem
from imparts.rules.forms.filling import MOST_TIMES, Filled, fill
from imparts.rules.forms.json_values import with_plain_numbers
from imparts.rules.forms.paths import Place, place_of
from imparts.rules.forms.reading.values_reader import as_type, value_in
from imparts.rules.forms.told import NOTHING_TOLD, Told
from imparts.rules.forms.values import FormAnswers, Value


class ResponseRefused(ValueError):
    """A response that does not fit its form; the message says where, and never quotes an answer."""


def response_of(
    form: Form,
    answers: FormAnswers,
    *,
    response_id: str = "",
    subject: str = "",
    authored: datetime | None = None,
    language: str = "",
    told: Told = NOTHING_TOLD,
    is_complete: bool = True,
    declined: Iterable[str] = (),
) -> dict[str, Any]:
    """The response that FHIR knows: a resource that any JSON writer can write.

    `declined` are the paths of questions whose answer was declined.
    """
    filled = fill(form, answers, told)
    for path in declined:
        if path in filled.applies and path not in filled.answers:
            filled.tree.declined(place_of(path))
    tag = language or form.language
    own = form.resource.get("version")  # one that we made up is nothing to send
    address = f"{form.url}|{own}" if own and form.url else form.url
    about = {
        "id": response_id,
        "language": tag,
        "questionnaire": address,
        "subject": {"reference": subject} if subject else "",
        "authored": authored.isoformat() if authored else "",
    }
    return {
        "resourceType": "QuestionnaireResponse",
        "status": "completed" if is_complete else "in-progress",
        **{key: value for key, value in about.items() if value},
        "item": with_plain_numbers(_with_texts(filled, filled.items, tag)),
    }


def _with_texts(filled: Filled, items: list[dict[str, Any]], language: str) -> list[dict[str, Any]]:
    return [_with_text(filled, item, language) for item in items]


def _with_text(filled: Filled, item: dict[str, Any], language: str) -> dict[str, Any]:
    text = filled.form.by_id[item["linkId"]].words(language)
    made = {"linkId": item["linkId"], **({"text": text} if text else {})}
    if "answer" in item:
        made["answer"] = [_answer_with_texts(filled, one, language) for one in item["answer"]]
    if "item" in item:
        made["item"] = _with_texts(filled, item["item"], language)
    return made


def _answer_with_texts(filled: Filled, answer: dict[str, Any], language: str) -> dict[str, Any]:
    if "item" not in answer:
        return answer
    return {**answer, "item": _with_texts(filled, answer["item"], language)}


def answers_from(form: Form, resource: Mapping[str, Any]) -> FormAnswers:
    """The answers of a response to a form; ResponseRefused says what cannot be read, not the value.

    Values that the form works out itself are left aside: they follow from the answers.
    """
    if resource.get("resourceType") != "QuestionnaireResponse":
        raise ResponseRefused("This is not a QuestionnaireResponse.")
    reading = _Reading(form)
    reading.items(resource.get("item", []), "", ())
    return reading.found


class _Reading:
    """The answers of one response while they are being read."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self.found: dict[str, tuple[Value, ...]] = {}

    def items(self, held: Any, above: str, within: tuple[tuple[str, int], ...]) -> None:
        """Everything that stands in one list of items."""
        seen: dict[str, int] = {}
        for one in _objects(held):
            item = self._item(one.get("linkId"), above)
            number = seen[item.link_id] = seen.get(item.link_id, 0) + 1
            if number > (MOST_TIMES if item.repeats and not item.is_question else 1):
                raise ResponseRefused(f"{item.link_id[:60]} stands there too often.")
            self._take(item, one, within, number)

    def _item(self, link_id: object, above: str) -> FormItem:
        item = self._form.by_id.get(link_id) if isinstance(link_id, str) else None
        if item is None:
            raise ResponseRefused(f"{str(link_id)[:60]} is not an item of this form.")
        if self._form.parents[item.link_id] != above:
            raise ResponseRefused(f"{item.link_id[:60]} does not stand at this place of the form.")
        return item

    def _take(
        self,
        item: FormItem,
        held: Mapping[str, Any],
        within: tuple[tuple[str, int], ...],
        number: int,
    ) -> None:
        if not item.is_question:
            inside = within
            if item.repeats:
                self.found[str(Place(item.link_id, within))] = (number,)
                inside = (*within, (item.link_id, number))
            self.items(held.get("item", []), item.link_id, inside)
            return
        values = tuple(self._values(item, held.get("answer", []), within))
        if values and item.calculated is None:
            self.found[str(Place(item.link_id, within))] = values

    def _values(
        self, item: FormItem, held: Any, within: tuple[tuple[str, int], ...]
    ) -> Iterator[Value]:
        for number, answer in enumerate(_objects(held), start=1):
            inside = (*within, (item.link_id, number)) if item.repeats else within
            if number > 1 and not item.repeats:
                raise ResponseRefused(f"{item.link_id[:60]} takes one answer.")
            self.items(answer.get("item", []), item.link_id, inside)
            if set(answer) - {"item", "id", "extension"}:
                yield self._value(item, answer)

    def _value(self, item: FormItem, answer: Mapping[str, Any]) -> Value:
        value = value_in(answer)
        option = item.option(value)
        if option is not None:
            return option.value
        fitting = as_type(value, item.type)
        if fitting is None:
            raise ResponseRefused(f"The answer to {item.link_id[:60]} is not of type {item.type}.")
        return fitting


def _objects(held: Any) -> list[Mapping[str, Any]]:
    if not isinstance(held, list) or not all(isinstance(one, dict) for one in held):
        raise ResponseRefused("Where a list of items belongs stands something else.")
    return held
