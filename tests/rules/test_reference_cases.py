"""Every worked case of the clinical reference, and the wording, exactly (hazards H4 and H7)."""

from typing import Any

import pytest

from imparts.rules.scoring.score import score
from tests.rules.reference_instruments import every, reference, shipped, structures, with_cases

CASES = [
    pytest.param(name, case, id=f"{name}-{case['case']}")
    for name in with_cases()
    for case in reference()[name]["worked_cases"]
]


def test_every_instrument_of_the_reference_is_here() -> None:
    known = set(reference())
    assert known <= set(every())
    assert len(known & set(shipped())) == 20
    assert len(known & set(structures())) == 27


def test_every_worked_case_is_here() -> None:
    assert len(with_cases()) == 21
    assert len(CASES) == sum(len(one["worked_cases"]) for one in reference().values()) > 140


@pytest.mark.parametrize(("name", "case"), CASES)
def test_a_worked_case_comes_out_as_published(name: str, case: dict[str, Any]) -> None:
    said = score(every()[name], case["answers"], case.get("context", {})).as_json()
    expected = case["expect"]
    assert {key: said[key] for key in expected} == expected


@pytest.mark.parametrize("name", sorted(with_cases()))
def test_every_worked_case_stands_in_the_file(name: str) -> None:
    published = [
        (
            {item: value for item, value in case["answers"].items() if value is not None},
            case.get("context", {}),
            *(case["expect"].get(key) for key in ("status", "score", "band", "lower", "upper")),
            tuple(case["expect"]["flags"]),
            case.get("note", ""),
        )
        for case in reference()[name]["worked_cases"]
    ]
    in_file = [
        (
            dict(one.answers), dict(one.context), one.status,
            None if one.score is None else float(one.score), one.band,
            None if one.lower is None else float(one.lower),
            None if one.upper is None else float(one.upper),
            one.flags, one.note,
        )
        for one in every()[name].examples
    ]  # fmt: skip
    assert in_file == published


@pytest.mark.parametrize("name", sorted(set(shipped()) & set(reference())))
def test_a_shipped_wording_is_the_reference_wording_letter_by_letter(name: str) -> None:
    one, instrument = reference()[name], shipped()[name]
    assert one["ships_wording"] == instrument.rights.ships
    stem = " ".join(part for part in (one["instruction"], one.get("stem")) if part)
    assert instrument.stem == stem
    assert instrument.recall == one["recall"]
    assert [item.id for item in instrument.items] == [item["id"] for item in one["items"]]
    for item, known in zip(instrument.items, one["items"], strict=True):
        assert item.text == known["text"]
        assert item.loinc == known.get("loinc")
        assert item.note == known.get("note", "")
        assert [
            (option.label, option.value, option.code, option.category) for option in item.options
        ] == [
            (o["label"], o["value"], o.get("loinc_answer"), o.get("category"))
            for o in known.get("options", [])
        ]
        assert {str(value): words for value, words in item.anchors} == known.get("anchors", {})


@pytest.mark.parametrize("name", sorted(reference()))
def test_an_instrument_keeps_the_facts_of_the_reference(name: str) -> None:
    one, instrument = reference()[name], every()[name]
    assert (instrument.title, instrument.version) == (one["title"], one["version"])
    rights = one["rights"]
    assert instrument.rights.holder == rights["holder"]
    assert instrument.rights.statement == rights["statement"]
    assert instrument.rights.notice == rights.get("notice_to_show", "")
    assert instrument.rights.source == rights["source"]
    assert instrument.reliable_change == (one["rci"] or {"value": None})["value"]
    beyond = set(instrument.by_id) - {item["id"] for item in one["items"]}
    assert beyond == ({"vas"} if name == "eq5d5l" else set())  # its scale from 0 to 100
    assert [(cut.code, cut.value, cut.status) for cut in instrument.cuts] == [
        (cut["code"], cut["value"], cut["status"])
        for cut in one["cutpoints"]
        if isinstance(cut["value"], int)
    ]
    in_words = {fact.name: fact.value for fact in instrument.facts}
    for cut in one["cutpoints"]:
        if not isinstance(cut["value"], int):
            assert in_words[f"cut {cut['code']}"] == cut["value"]


@pytest.mark.parametrize("name", sorted(reference()))
def test_the_items_values_and_bands_are_those_of_the_reference(name: str) -> None:
    one, instrument = reference()[name], every()[name]
    bands = instrument.bands or next(
        (part.bands for part in instrument.scoring.subscales if part.bands), ()
    )
    assert [(b.code, b.label, float(b.lowest), float(b.highest)) for b in bands] == [
        (b["code"], b["label"], b["min"], b["max"]) for b in one["bands"]
    ]
    for known in one["items"]:
        item = instrument.by_id[known["id"]]
        if (name, item.id) != ("bipq", "q9"):  # the reference: "1 free-text cause item"
            assert sorted(option.value for option in item.options) == sorted(
                option["value"] for option in known.get("options", [])
            )
            assert item.scored == known["scored"]
        assert item.topic == known.get("topic", item.topic)


@pytest.mark.parametrize("name", sorted(set(shipped()) & set(reference())))
def test_the_flags_and_alerts_are_those_of_the_reference(name: str) -> None:
    one, instrument = reference()[name], shipped()[name]
    listed = [flag.code for flag in instrument.flags if not flag.only_alerts]
    assert listed == [flag["code"] for flag in one["flags"]]
    assert [(alert.flag, alert.urgency) for alert in instrument.alerts if alert.flag in listed] == [
        (alert["flag"], alert["urgency"]) for alert in one.get("alerts", [])
    ]


@pytest.mark.parametrize("name", sorted(reference()))
def test_the_codes_are_those_of_the_reference(name: str) -> None:
    one, instrument = reference()[name], every()[name]
    for system in ("loinc", "snomed"):
        known = {key: code for key, code in (one.get(system) or {}).items() if code}
        known.pop("status", None)
        assert {key: instrument.code(system, key) for key in known} == known


@pytest.mark.parametrize("name", sorted(reference()))
def test_a_shipped_file_passes_its_own_examples(name: str) -> None:
    instrument = every()[name]
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
    for instrument in every().values():
        assert instrument.checked_by == "not yet checked by a clinician"
