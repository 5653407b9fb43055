"""The invented form on a tablet that somebody holds, with questions of every kind."""

from django.test import Client

from imparts.informatics.questionnaires.models import AnswerGiven, HandOver, Invitation
from imparts.informatics.questionnaires.queries.sittings import Sitting
from tests.apps.informatics.questionnaires.a_form import KEY, answer_the_core, kettle_clinic
from tests.apps.informatics.questionnaires.browsers import PIN, at_first_question
from tests.builders import a_tablet, an_appointment, sitting, staff_with

FHIR = "http://hl7.org/fhir/StructureDefinition/"


def _control(code: str) -> dict[str, object]:
    return {
        "url": f"{FHIR}questionnaire-itemControl",
        "valueCodeableConcept": {"coding": [{"code": code}]},
    }


def _codes(*labels: str) -> list[dict[str, object]]:
    return [{"valueCoding": {"code": f"d{n}", "display": label}} for n, label in enumerate(labels)]


DRINKS = {
    "linkId": "drinks", "type": "choice", "repeats": True, "text": "Which do you drink?",
    "answerOption": [
        *_codes("Tea", "Coffee"),
        {"valueCoding": {"code": "none", "display": "None"},
         "extension": [{"url": f"{FHIR}questionnaire-optionExclusive", "valueBoolean": True}]},
    ],
}  # fmt: skip
COLOUR = {
    "linkId": "colour", "type": "open-choice", "text": "What colour?",
    "answerOption": _codes("Black", "White"),
}  # fmt: skip
CUP_COUNT = {
    "linkId": "count", "type": "integer", "text": "How many cups?", "extension": [
        {"url": f"{FHIR}minValue", "valueInteger": 0},
        {"url": f"{FHIR}maxValue", "valueInteger": 30},
    ],
}  # fmt: skip
WARMTH = CUP_COUNT | {"linkId": "warmth", "extension": [
    _control("slider"), {"url": f"{FHIR}minValue", "valueInteger": 0},
    {"url": f"{FHIR}maxValue", "valueInteger": 10},
]}  # fmt: skip
VOLUME = {
    "linkId": "volume", "type": "quantity", "text": "How much?", "extension": [
        {"url": f"{FHIR}questionnaire-unitOption",
         "valueCoding": {"system": "http://unitsofmeasure.org", "code": code, "display": name}}
        for code, name in (("L", "litres"), ("[pt_br]", "pints"))
    ],
}  # fmt: skip
TEAS = {"linkId": "teas", "type": "string", "repeats": True, "text": "Which teas?"}
KINDS = ("boolean", "decimal", "date", "dateTime", "time", "string", "text", "url")
PLAIN = {kind: {"linkId": kind.lower(), "type": kind, "text": f"A {kind}?"} for kind in KINDS}


def in_hands(*items: dict[str, object], mode: str = "radios", **more: object) -> Client:
    """A browser at the first question of the form, everything before it answered."""
    service = kettle_clinic(*items, **more)
    staff_with("receptionist", service, username="reception.test", pin=PIN)
    browser = at_first_question(a_tablet(service), an_appointment(service))
    Invitation.objects.update(mode=mode)
    answer_the_core(HandOver.objects.get())
    return browser


def address(path: str) -> str:
    """Where one question of the form is asked."""
    found = next(q for q in the_sitting().questions if q.key == (KEY, path))
    return "/tablet/q/{}/{}/".format(*found.address)


def the_sitting() -> Sitting:
    """The only sitting there is."""
    return sitting(HandOver.objects.get())


def kept_of(path: str) -> object:
    """What was stored last for a question; True when it was declined, None when nothing was."""
    row = AnswerGiven.objects.filter(instrument=KEY, item=path).last()
    return row and (row.entered if row.entered is not None else row.declined)


def page_of(browser: Client, path: str) -> str:
    """The page that asks one question."""
    return browser.get(address(path)).content.decode()
