"""Imported questionnaires: a PHQ-9 as the National Library of Medicine writes it, and large files.

The peer is fhirpathpy by itself, given the same variables one after the other: once as its door
offers it, parsing each time, and once with every expression parsed beforehand.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import fhirpathpy
from fhirpathpy.models import models

from imparts.rules.forms.definition import Form
from imparts.rules.forms.expressions import calculated
from imparts.rules.forms.reader import read_form
from imparts.rules.forms.response import response_of
from imparts.rules.forms.values import FormAnswers

HUNDRED_LIMIT_MS = 100
THOUSAND_LIMIT_MS = 5000
TURNS = 40
FHIR = "http://hl7.org/fhir/StructureDefinition/"
CODES = ("44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3",
         "44260-8")  # fmt: skip
ANSWERS = ("LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9")

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Measured:
    """One run."""

    ours_ms: float
    plain_ms: float
    parsed_ms: float
    hundred_ms: float
    thousand_ms: float

    @property
    def ratio(self) -> float:
        """How many times faster than the peer as its door offers it."""
        return self.plain_ms / self.ours_ms


def measure() -> Measured:
    """Everything, in one go; what is compared is worked out to the same total first."""
    form, _ = read_form(json.dumps(phq9()))
    answers: FormAnswers = {
        item.link_id.replace("/", "~1"): (item.options[number % 4].value,)
        for number, item in enumerate(form.items[:-1])
    }
    sent = response_of(form, answers)
    sent["item"] = [item for item in sent["item"] if item["linkId"] != "/44261-6"]
    parsed = {text: fhirpathpy.compile(text, models["r4"]) for _, text in _steps()}
    ours = calculated(form, answers)["~144261-6"][0]
    if [ours] != _plain(form, sent) or [ours] != _parsed(form, sent, parsed):
        raise ValueError("the two ways give different totals")
    return Measured(
        ours_ms=_each_ms(lambda: calculated(form, answers)),
        plain_ms=_each_ms(lambda: _plain(form, sent)),
        parsed_ms=_each_ms(lambda: _parsed(form, sent, parsed)),
        hundred_ms=_fastest_ms(large(100)),
        thousand_ms=_fastest_ms(large(1000)),
    )


def _each_ms(do: Callable[[], object]) -> float:
    do()
    started = perf_counter()
    for _ in range(TURNS):
        do()
    return (perf_counter() - started) * 1000 / TURNS


def _fastest_ms(held: Json) -> float:
    """The fastest of three, each of a text of its own, so that nothing is known from before."""
    found = []
    for turn in range(3):
        text = json.dumps(held | {"title": f"Large {turn}"}).replace("%turn%", f"{turn}")
        started = perf_counter()
        read_form(text)
        found.append((perf_counter() - started) * 1000)
    return min(found)


def _plain(form: Form, sent: Json) -> list[Any]:
    found: list[Any] = []
    names: Json = {"resource": sent, "questionnaire": form.resource}
    for name, text in _steps():
        found = fhirpathpy.evaluate(sent, text, names, models["r4"])
        names[name] = found
    return found


def _parsed(form: Form, sent: Json, parsed: dict[str, Callable[..., list[Any]]]) -> list[Any]:
    found: list[Any] = []
    names: Json = {"resource": sent, "questionnaire": form.resource}
    for name, text in _steps():
        found = parsed[text](sent, names)
        names[name] = found
    return found


def _steps() -> list[tuple[str, str]]:
    """The variables of the total, and the total."""
    steps = [("scoreExt", f"'{FHIR}ordinalValue'")]
    for number, code in enumerate(CODES, start=1):
        answer = f"%resource.item.where(linkId = '/{code}').answer.valueCoding.code"
        steps.append((
            f"q{number}_value",
            f"%questionnaire.item.where(linkId = '/{code}').answerOption"
            f".where(valueCoding.code={answer}).extension.where(url=%scoreExt).valueDecimal",
        ))  # fmt: skip
    values = [f"%q{number}_value" for number in range(1, 10)]
    steps.append(("any_answered", " or ".join(f"{value}.exists()" for value in values)))
    total = " + ".join(f"iif({value}.exists(), {value}, 0)" for value in values)
    return [*steps, ("total", f"iif(%any_answered, {total}, {{}})")]


def phq9() -> Json:
    """The questionnaire itself; its words do not matter here."""
    *variables, (_, total) = _steps()
    extensions = [_expression(FHIR + "variable", text, name) for name, text in variables]
    extensions.append(_expression(FHIR + "questionnaire-calculatedExpression", total))
    score = {"linkId": "/44261-6", "text": "Total", "type": "decimal", "extension": extensions}
    items = [_choice(f"/{code}", f"Question {code}") for code in CODES]
    return _form([*items, score])


def large(questions: int) -> Json:
    """A questionnaire with groups, conditions, translations, and an expression in each group."""
    groups = []
    for group in range(questions // 10):
        items = [_choice(f"g{group}.{n}", f"Question {group} {n}") for n in range(9)]
        items[3]["enableWhen"] = [
            {"question": f"g{group}.2", "operator": "=", "answerCoding": {"code": ANSWERS[1]}}
        ]
        words = [{"url": "lang", "valueCode": "cy"}, {"url": "content", "valueString": "Cwestiwn"}]
        items[4]["_text"] = {"extension": [{"url": FHIR + "translation", "extension": words}]}
        text = (
            f"%resource.item.where(linkId = 'g{group}').item.answer.value.ordinal().sum() + 0%turn%"
        )
        items.append({"linkId": f"g{group}.sum", "text": "Sum", "type": "decimal", "extension": [
            _expression(FHIR + "questionnaire-calculatedExpression", text)]})  # fmt: skip
        groups.append({"linkId": f"g{group}", "text": f"Part {group}", "type": "group",
                       "item": items})  # fmt: skip
    return _form(groups)


def _form(items: list[Json]) -> Json:
    return {
        "resourceType": "Questionnaire",
        "status": "draft",
        "language": "en",
        "title": "Benchmark",
        "item": items,
    }


def _choice(link_id: str, text: str) -> Json:
    options = [
        {"valueCoding": {"system": "http://loinc.org", "code": code, "display": f"Answer {weight}"},
         "extension": [{"url": FHIR + "ordinalValue", "valueDecimal": weight}]}
        for weight, code in enumerate(ANSWERS)
    ]  # fmt: skip
    return {"linkId": link_id, "text": text, "type": "choice", "answerOption": options}


def _expression(url: str, text: str, name: str = "") -> Json:
    named = {"name": name} if name else {}
    held = {"language": "text/fhirpath", "expression": text}
    return {"url": url, "valueExpression": held | named}
