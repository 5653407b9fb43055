"""Questionnaires in the shapes in which others publish them, mistakes and all.

The shapes are those of files of the National Library of Medicine, of HL7 and of form builders. The
wording is PHQ-9's, which may be reproduced, or invented.
"""

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from imparts.rules.forms.definition import Form, ImportReport
from imparts.rules.forms.reader import read_form
from imparts.rules.instruments.reader import read_instrument

FHIR = "http://hl7.org/fhir/StructureDefinition/"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-"
LOINC = "http://loinc.org"
PHQ9 = read_instrument(
    (Path(__file__).parents[3] / "imparts/content/instruments/phq9.toml").read_text("utf-8")
)
LOINC_ITEMS = ("44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5",
               "44253-3", "44260-8")  # fmt: skip
LOINC_ANSWERS = ("LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9")

Json = dict[str, Any]


def form_of(**held: Any) -> Json:
    """A small questionnaire without any mistake, with some of it another way."""
    return {
        "resourceType": "Questionnaire",
        "status": "active",
        "language": "en",
        "url": "http://example.org/Questionnaire/small",
        "version": "1",
        "title": "Small",
        "item": [question("q1")],
    } | held


def question(link_id: str, type: str = "string", **held: Any) -> Json:
    """One item."""
    return {"linkId": link_id, "text": f"Text of {link_id}", "type": type, **held}


def read(held: Mapping[str, Any] | str) -> tuple[Form, ImportReport]:
    """Read a questionnaire from its JSON."""
    return read_form(held if isinstance(held, str) else json.dumps(held, default=_decimal))


def _decimal(value: object) -> float:
    assert isinstance(value, Decimal)
    return float(value)


def expression(url: str, text: str, name: str = "", language: str = "text/fhirpath") -> Json:
    """An extension that holds an expression."""
    named = {"name": name} if name else {}
    return {"url": url, "valueExpression": {"language": language, "expression": text, **named}}


def calculated(text: str) -> Json:
    """A calculatedExpression."""
    return expression(SDC + "calculatedExpression", text)


def variable(name: str, text: str) -> Json:
    """A variable."""
    return expression(FHIR + "variable", text, name)


def coding(code: str, display: str = "", system: str = "http://example.org/codes") -> Json:
    """A coding."""
    return {"system": system, "code": code, "display": display or f"Answer {code}"}


def weighed(code: str, weight: float, url: str = FHIR + "ordinalValue") -> Json:
    """An answer option with a weight."""
    return {"valueCoding": coding(code), "extension": [{"url": url, "valueDecimal": weight}]}


def control(code: str) -> Json:
    """An itemControl."""
    return {
        "url": FHIR + "questionnaire-itemControl",
        "valueCodeableConcept": {
            "coding": [{"system": "http://hl7.org/fhir/questionnaire-item-control", "code": code}],
            "text": code,
        },
    }


def translated(**by_language: str) -> Json:
    """What stands beside a text that is translated."""
    return {"extension": [
        {"url": FHIR + "translation",
         "extension": [{"url": "lang", "valueCode": tag}, {"url": "content", "valueString": text}]}
        for tag, text in by_language.items()
    ]}  # fmt: skip


def nlm_phq9() -> Json:
    """As LHC-Forms writes it: weights looked up by code, the old name of the total's extension."""
    values = [
        variable(
            f"q{number}_value",
            f"%questionnaire.item.where(linkId = '/{code}').answerOption.where(valueCoding.code="
            f"%resource.item.where(linkId = '/{code}').answer.valueCoding.code)"
            ".extension.where(url=%scoreExt).valueDecimal",
        )
        for number, code in enumerate(LOINC_ITEMS, start=1)
    ]
    any_answered = " or ".join(f"%q{number}_value.exists()" for number in range(1, 10))
    total = " + ".join(
        f"iif(%q{number}_value.exists(), %q{number}_value, 0)" for number in range(1, 10)
    )
    extensions = [
        variable("scoreExt", f"'{FHIR}ordinalValue'"),
        *values,
        variable("any_questions_answered", any_answered),
        expression(
            FHIR + "questionnaire-calculatedExpression",
            f"iif(%any_questions_answered, {total}, {{}})",
        ),
    ]
    return _nlm_panel(question("/44261-6", "decimal", text="Total score", extension=extensions))


def _nlm_panel(score: Json) -> Json:
    return {
        "resourceType": "Questionnaire",
        "status": "draft",
        "title": "PHQ-9 quick depression assessment panel",
        "name": "PHQ-9 quick depression assessment panel",
        "identifier": [{"system": LOINC, "value": "44249-1"}],
        "code": [{"system": LOINC, "code": "44249-1", "display": "PHQ-9"}],
        "subjectType": ["Patient", "Person"],
        "item": [
            *(_nlm_item(code, PHQ9.by_id[f"q{n}"].text) for n, code in enumerate(LOINC_ITEMS, 1)),
            score,
        ],
    }


def _nlm_item(code: str, text: str) -> Json:
    return {
        "type": "choice",
        "required": True,
        "linkId": f"/{code}",
        "code": [{"system": LOINC, "code": code, "display": text}],
        "text": text,
        "extension": [
            {"url": FHIR + "questionnaire-minOccurs", "valueInteger": 1},
            control("drop-down"),
            {"url": FHIR + "questionnaire-observationLinkPeriod",
             "valueDuration": {"value": "1", "unit": "year", "code": "a"}},
        ],
        "answerOption": [
            {"valueCoding": {"system": LOINC, "code": answer, "display": option.label},
             "extension": [
                 {"url": FHIR + "questionnaire-optionPrefix", "valueString": str(option.value)},
                 {"url": FHIR + "ordinalValue", "valueDecimal": option.value}]}
            for answer, option in zip(LOINC_ANSWERS, PHQ9.by_id["q1"].options, strict=True)
        ],
    }  # fmt: skip


def hl7_phq9() -> Json:
    """As in HL7's own guide: a contained value set, and a quantity that is a plain number."""
    concepts = [
        {"code": option.label, "display": option.label,
         "extension": [{"url": FHIR + "ordinalValue", "valueDecimal": option.value}]}
        for option in PHQ9.by_id["q1"].options
    ]  # fmt: skip
    value_set = {
        "resourceType": "ValueSet",
        "id": "VSPHQ9",
        "url": "http://example.org/ValueSet/VSPHQ9",
        "compose": {"include": [{"system": "http://example.org/CSPHQ9", "concept": concepts}]},
    }
    items = [
        {"linkId": f"H1/T1/Q{n}", "text": PHQ9.by_id[f"q{n}"].text, "type": "choice",
         "answerValueSet": "#VSPHQ9" if n % 2 else value_set["url"]}
        for n in range(1, 10)
    ]  # fmt: skip
    total = {
        "linkId": "H1/TS",
        "text": "Total score",
        "type": "quantity",
        "extension": [calculated("answers().sum(value.ordinal())")],
    }
    return {
        "resourceType": "Questionnaire",
        "id": "phq9",
        "text": {"status": "generated", "div": "<div><p>Generated</p></div>"},
        "contained": [value_set],
        "extension": [{"url": FHIR + "rendering-styleSensitive", "valueBoolean": True}],
        "url": "http://example.org/Questionnaire/phq9",
        "version": "2.8.0",
        "language": "en",
        "title": "Patient Health Questionnaire - 9 Item",
        "status": "draft",
        "item": [
            {"linkId": "H1/T1", "text": PHQ9.stem, "type": "group", "item": [*items, total]},
        ],
    }  # fmt: skip


def stu3_form() -> Json:
    """As older form builders write it: keys of STU3, conditions without an operator."""
    why = question(
        "5.4",
        "choice",
        initialCoding={"code": "Other"},
        option=[{"valueCoding": {"code": "Change in status"}}, {"valueCoding": {"code": "Other"}}],
    )
    which = question(
        "5.4.1",
        "open-choice",
        option=[{"valueCoding": {"code": "Relocated"}}],
        enableWhen=[{"question": "5.4", "answerCoding": {"code": "Change in status"}}],
    )
    when = question("5.5", "date", enableWhen=[{"question": "5.4.1", "hasAnswer": True}])
    where = question("5.6", "choice", options={"reference": "#places"})
    return {
        "resourceType": "Questionnaire",
        "status": "draft",
        "title": "Moving",
        "item": [why, which, when, where],
        "contained": [
            {"resourceType": "ValueSet", "id": "places", "expansion": {"contains": [
                {"code": "a", "display": "Here", "contains": [
                    {"code": "b", "display": "There", "system": "s"}]},
                {"code": "x", "display": "Places", "abstract": True}]}},
        ],
    }  # fmt: skip
