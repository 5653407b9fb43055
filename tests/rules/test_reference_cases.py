"""Every worked case of the clinical reference, and the wording, exactly (hazards H4 and H7)."""

from typing import Any

import pytest

from imparts.rules.scoring.score import score
from tests.rules.reference_instruments import reference, shipped, turned, with_cases

CASES = [
    pytest.param(name, case, id=f"{name}-{case['case']}")
    for name in with_cases()
    for case in reference()[name]["worked_cases"]
]


def test_all_instruments_with_cases_are_here() -> None:
    assert len(with_cases()) == 21
    assert len(CASES) > 140


@pytest.mark.parametrize(("name", "case"), CASES)
def test_a_worked_case_comes_out_as_published(name: str, case: dict[str, Any]) -> None:
    instruments = [turned(name)] + ([shipped()[name]] if name in shipped() else [])
    for instrument in instruments:
        said = score(instrument, case["answers"], case.get("context", {})).as_json()
        expected = case["expect"]
        assert {key: said[key] for key in expected} == expected


@pytest.mark.parametrize("name", sorted(shipped()))
def test_a_shipped_wording_is_the_reference_wording_letter_by_letter(name: str) -> None:
    one, instrument = reference()[name], shipped()[name]
    assert instrument.title == one["title"]
    assert instrument.stem == one["instruction"]
    assert [item.id for item in instrument.items] == [item["id"] for item in one["items"]]
    for item, known in zip(instrument.items, one["items"], strict=True):
        assert item.text == known["text"]
        assert item.scored == known["scored"]
        assert item.loinc == known.get("loinc")
        assert [
            (option.label, option.value, option.code, option.category) for option in item.options
        ] == [
            (o["label"], o["value"], o.get("loinc_answer"), o.get("category"))
            for o in known["options"]
        ]
        assert {str(value): words for value, words in item.anchors} == known.get("anchors", {})


@pytest.mark.parametrize("name", sorted(shipped()))
def test_a_shipped_instrument_keeps_the_facts_of_the_reference(name: str) -> None:
    one, instrument = reference()[name], shipped()[name]
    assert instrument.version == one["version"]
    assert instrument.rights.holder == one["rights"]["holder"]
    assert instrument.rights.statement == one["rights"]["statement"]
    assert instrument.rights.notice == one["rights"]["notice_to_show"]
    assert instrument.rights.source == one["rights"]["source"]
    assert instrument.reliable_change == (one["rci"] or {"value": None})["value"]
    assert [(b.code, b.label, float(b.lowest), float(b.highest)) for b in instrument.bands] == [
        (b["code"], b["label"], b["min"], b["max"]) for b in one["bands"]
    ]
    assert [(cut.code, cut.value, cut.status) for cut in instrument.cuts] == [
        (cut["code"], cut["value"], cut["status"]) for cut in one["cutpoints"]
    ]
    assert [flag.code for flag in instrument.flags] == [flag["code"] for flag in one["flags"]]
    assert [(alert.flag, alert.urgency) for alert in instrument.alerts] == [
        (alert["flag"], alert["urgency"]) for alert in one.get("alerts", [])
    ]
    assert len(instrument.examples) == len(one["worked_cases"])


@pytest.mark.parametrize("name", sorted(shipped()))
def test_a_shipped_file_passes_its_own_examples(name: str) -> None:
    instrument = shipped()[name]
    for example in instrument.examples:
        found = score(instrument, dict(example.answers), dict(example.context))
        assert (found.status, found.score, found.band) == (
            example.status,
            example.score,
            example.band,
        )
        assert (found.lower, found.upper) == (example.lower, example.upper)
        assert found.flags == example.flags


def test_no_shipped_instrument_claims_to_be_checked() -> None:
    for instrument in shipped().values():
        assert instrument.checked_by == "not yet checked by a clinician"
