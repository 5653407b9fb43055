"""The facts owed to the record go to JSON and back unchanged, and a wrong one is named."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from imparts.rules.record.json_facts import FactsRefused
from imparts.rules.record.result_facts import (
    IdentifierFacts,
    InstrumentFacts,
    ItemFacts,
    PartFacts,
    PatientFacts,
    PlaceFacts,
    ResultFacts,
    ScoreFacts,
)

FACTS = ResultFacts(
    response_id="2f0c8f5e-6f65-4f2e-9d3e-1d2f6d4c7a10",
    instrument=InstrumentFacts("peg", "PEG scale", "PEG", "1", "91148-7", "91147-9"),
    score=ScoreFacts(
        "complete",
        Decimal("3.3"),
        Decimal(10),
        Decimal("3.3"),
        Decimal("3.3"),
        3,
        3,
        "mild",
        "Mild",
    ),
    items=(
        ItemFacts("q1", "What number best describes your pain?", 3, "3"),
        ItemFacts("q2", "And your enjoyment of life?", None, declined=True),
    ),
    patient=PatientFacts(
        "7d9b7f4e-0000-4000-8000-000000000001",
        "O'Neill & Sons",
        "Zoë",
        date(1950, 2, 28),
        "female",
        (IdentifierFacts("nhs", "9990000018", True), IdentifierFacts("local", "R1", True, "RX1")),
    ),
    service=PlaceFacts("RHEUM", "Rheumatology"),
    organisation=PlaceFacts("RX1", "Northbridge"),
    completed_at=datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
    notes=("One note",),
)

IN_PARTS = ScoreFacts(
    "prorated", None, None, None, None, 13, 14, kind="parts", flags=("high",),
    parts=(
        PartFacts(
            "anxiety", "Anxiety", "prorated", Decimal("14.5"), Decimal(21), Decimal(12),
            Decimal(15), "abnormal", "Probable case", is_flagged=True,
        ),
        PartFacts("depression", "Depression", "incomplete", None, None, None, None),
    ),
)  # fmt: skip


def test_facts_come_back_from_json_unchanged() -> None:
    assert ResultFacts.from_json(json.loads(json.dumps(FACTS.to_json()))) == FACTS


def test_a_score_with_a_decimal_stays_exact() -> None:
    assert FACTS.to_json()["score"]["score"] == "3.3"


def test_an_unknown_birth_date_stays_unknown() -> None:
    unknown = replace(FACTS, patient=replace(FACTS.patient, born_on=None))
    assert ResultFacts.from_json(unknown.to_json()).patient.born_on is None


@pytest.mark.parametrize(
    ("group", "name", "wrong"),
    [
        ("score", "score", 3.3),
        ("score", "score", "NaN"),
        ("score", "status", "guessed"),
        ("score", "answered", None),
        ("score", "is_flagged", "yes"),
        ("patient", "born_on", "28/02/1950"),
        ("patient", "family", 7),
        ("patient", "identifiers", ["9990000018"]),
    ],
)
def test_a_wrong_fact_is_refused_by_name_and_never_quoted(
    group: str, name: str, wrong: Any
) -> None:
    facts = FACTS.to_json()
    facts[group][name] = wrong
    with pytest.raises(FactsRefused) as refused:
        ResultFacts.from_json(facts)
    assert name in str(refused.value)
    assert str(wrong) not in str(refused.value) or wrong is None


def test_facts_of_another_version_are_refused() -> None:
    with pytest.raises(FactsRefused, match="version"):
        ResultFacts.from_json(FACTS.to_json() | {"version": 4})


def test_a_result_with_parts_comes_back_unchanged() -> None:
    facts = replace(FACTS, score=IN_PARTS)
    assert facts.to_json()["version"] == 2
    assert ResultFacts.from_json(json.loads(json.dumps(facts.to_json()))) == facts


def test_a_result_without_parts_is_written_as_programs_before_parts_read_it() -> None:
    kept = FACTS.to_json()
    assert kept["version"] == 1
    assert not {"kind", "profile", "parts"} & set(kept["score"])


def test_a_program_before_parts_refuses_what_it_would_leave_out() -> None:
    for part in ({"kind": "parts"}, {"profile": "11223"}, {"parts": IN_PARTS.parts}):
        score = replace(FACTS.score, **part)
        assert replace(FACTS, score=score).to_json()["version"] == 2, part


def test_a_wrong_part_is_refused_by_name() -> None:
    facts = replace(FACTS, score=IN_PARTS).to_json()
    facts["score"]["parts"][0]["score"] = 14.5
    with pytest.raises(FactsRefused, match="score is not a number written as text"):
        ResultFacts.from_json(facts)
    with pytest.raises(FactsRefused, match="status"):
        replace(IN_PARTS.parts[0], status="guessed")
    with pytest.raises(FactsRefused, match="kind"):
        replace(IN_PARTS, kind="picture")


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(FactsRefused, match="completed_at"):
        replace(FACTS, completed_at=datetime(2026, 3, 2, 9, 30))
    with pytest.raises(FactsRefused, match="completed_at"):
        ResultFacts.from_json(FACTS.to_json() | {"completed_at": "yesterday"})


def test_an_item_written_in_words_counts_as_answered() -> None:
    assert ItemFacts("q3", "Anything else?", words="No").is_answered
    assert not FACTS.items[1].is_answered
