"""An invented form of every kind of question, a pack that asks it, and a tablet that holds it."""

import json
from datetime import UTC, date, datetime
from typing import Any

from imparts.informatics.questionnaires.actions import answering
from imparts.informatics.questionnaires.models import HandOver
from imparts.library import actions as library
from imparts.library.models import ContentVersion
from imparts.organisations.models import Service
from imparts.rules.forms.values import Value
from tests.apps.library.invented import load
from tests.builders import NOON, a_hand_over, a_service, an_appointment, answer, sitting
from tests.rules.forms.published import form_of
from tests.rules.invented_packs import a_pack, asks

KEY = "kettle-diary"
WEIGHT = "http://hl7.org/fhir/StructureDefinition/itemWeight"
CALCULATED = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"
TOTAL = "%resource.item.where(linkId='how').answer.value.ordinal().sum() + 1"


def _weighed(*labels: str) -> list[dict[str, Any]]:
    return [
        {
            "valueCoding": {
                "system": "urn:invented:kettles", "code": f"k{number}", "display": label,
                "extension": [{"url": WEIGHT, "valueDecimal": number}],
            }
        }
        for number, label in enumerate(labels)
    ]  # fmt: skip


HOW = {
    "linkId": "how", "type": "choice", "text": "Invented: how loudly does your kettle whistle?",
    "required": True, "answerOption": _weighed("Not at all", "A little", "Very much"),
}  # fmt: skip
HARM = {"linkId": "harm", "type": "boolean", "text": "Invented: do you want to hurt yourself?"}
CUPS = {
    "linkId": "cups", "type": "group", "repeats": True, "text": "Your cups",
    "item": [{"linkId": "cups/colour", "type": "string", "text": "What colour is the cup?"}],
}  # fmt: skip
SCORE = {
    "linkId": "score", "type": "decimal", "text": "Whistle score", "readOnly": True,
    "extension": [
        {"url": CALCULATED, "valueExpression": {"language": "text/fhirpath", "expression": (
            "%resource.item.where(linkId='how').answer.value.weight().sum()"
        )}}
    ],
}  # fmt: skip

PACK = a_pack("kettle", Kettles=asks(KEY))


def questionnaire(*items: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The invented form with some items."""
    ours = {"url": f"https://forms.example/{KEY}", "title": "Kettle diary", "item": list(items)}
    return form_of(**(ours | changes))


def review(*items: str, **positive: object) -> list[dict[str, Any]]:
    """Each of these questions asks about harm; "yes" is positive unless it is said otherwise."""
    return [
        {
            "item": item, "asks_about_harm": True,
            "positive": positive or {"is_one_of": [True]},
            "short_words": "Ask about the kettle", "words": "Sit down with the patient at once.",
        }
        for item in items
    ]  # fmt: skip


def load_form(text: str, items: list[dict[str, Any]] | None = None) -> ContentVersion:
    """A form in the library, looked at by a named person."""
    made = load("form", text)
    library.confirm_harm_items(
        content=made, items=items or [], by="nurse.rheum", as_role="Nurse", at=NOON
    )
    return made


def kettle_clinic(
    *items: dict[str, Any], harm: list[dict[str, Any]] | None = None, pack: str = PACK,
    **changes: Any,
) -> Service:  # fmt: skip
    """A service whose pack asks the core and then the invented form."""
    service = a_service("Kettles", with_content=False)
    if not ContentVersion.objects.filter(kind="instrument").exists():
        library.load_shipped(at=NOON)
    if harm is None and any(item["linkId"] == "harm" for item in items):
        harm = review("harm")
    load_form(json.dumps(questionnaire(*items, **changes)), harm)
    contents = [load("pack", pack), *ContentVersion.objects.filter(kind="pathway")]
    for content in contents:
        library.put_in_force(
            service=service, content=content, from_on=date(2020, 1, 1), by="test",
            at=datetime(2020, 1, 1, 12, tzinfo=UTC),
        )  # fmt: skip
    return service


def asked(*items: dict[str, Any], **more: Any) -> HandOver:
    """A tablet in somebody's hands that asks the form."""
    return a_hand_over(an_appointment(kettle_clinic(*items, **more)))


def enter(hand_over: HandOver, path: str, *values: Value, at: datetime = NOON) -> None:
    """Answer one question of the form; no value is "I would rather not answer"."""
    answering.save_answer(
        sitting=sitting(hand_over, at=at), instrument_id=KEY, item_id=path, value=None,
        entered=values, at=at,
    )  # fmt: skip


def asked_now(hand_over: HandOver) -> list[str]:
    """The paths of the form that are asked now."""
    return [q.item.id for q in sitting(hand_over).questions if q.instrument == KEY]


def answer_the_core(hand_over: HandOver, **given: dict[str, int | None]) -> None:
    """Answer mood, worry and smoking: by `given` ({"phq9": {"q9": 1}}), else "not at all"."""
    for question in sitting(hand_over).questions:
        is_chosen = question.screen is None and not question.item.free_text
        if is_chosen and sitting(hand_over).answer_to(question) is None:
            value = given.get(question.instrument, {}).get(question.item.id, question.item.lowest)
            answer(hand_over, question.instrument, question.item.id, value)
