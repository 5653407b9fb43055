"""Facts of invented responses, for the tests of the gateway."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

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

COMPLETED_AT = datetime(2026, 7, 14, 8, 58, 3, tzinfo=UTC)
CONTROL_ID = "0A1B2C3D4E5F60718293"
_OPTIONS = (
    ("Not at all", "LA6568-5"),
    ("Several days", "LA6569-3"),
    ("More than half the days", "LA6570-1"),
    ("Nearly every day", "LA6571-9"),
)
_LOINC = (
    "44250-9", "44255-8", "44259-0", "44254-1", "44251-7",
    "44258-2", "44252-5", "44253-3", "44260-8",
)  # fmt: skip

PATIENT = PatientFacts(
    id="5f1f8f0e-0000-4000-8000-00000000000a",
    family="O'Dapple",
    given="Priya",
    born_on=date(1984, 10, 15),
    sex="female",
    identifiers=(
        IdentifierFacts("nhs", "9990000018", verified=True),
        IdentifierFacts("local", "F104432", verified=True, authority="X001"),
    ),
)


def phq9_items(answers: list[int | None]) -> tuple[ItemFacts, ...]:
    """The nine items with these answers; None is "I would rather not answer"."""
    return tuple(
        ItemFacts(
            id=f"q{number}",
            text=f"PHQ-9 question {number}",
            value=value,
            label="" if value is None else _OPTIONS[value][0],
            loinc=_LOINC[number - 1],
            answer_code="" if value is None else _OPTIONS[value][1],
            declined=value is None,
            flagged=number == 9 and bool(value),
        )
        for number, value in enumerate(answers, start=1)
    )


def a_phq9(answers: tuple[int | None, ...] = (2, 2, 1, 2, 1, 2, 1, 0, 1)) -> ResultFacts:
    """A complete PHQ-9 of 12, moderate, with item 9 above nought, unless told otherwise."""
    return ResultFacts(
        response_id="2f0c8f5e-6f65-4f2e-9d3e-1d2f6d4c7a10",
        instrument=InstrumentFacts(
            "phq9", "Patient Health Questionnaire 9", "PHQ-9", "1",
            "44249-1", "44261-6", "720433000",
        ),
        score=ScoreFacts(
            "complete", Decimal(12), Decimal(27), Decimal(12), Decimal(12), 9, 9,
            "moderate", "Moderate", is_flagged=True,
            flags=("phq9_caseness", "phq9_item9_positive"),
        ),
        items=phq9_items(list(answers)),
        patient=PATIENT,
        service=PlaceFacts("rheum", "Rheumatology"),
        organisation=PlaceFacts("X001", "Fernhollow Hospitals"),
        completed_at=COMPLETED_AT,
        appointment_id="4711",
        who_helped="family",
        mode="radios",
        language="en",
    )  # fmt: skip


def an_estimate() -> ResultFacts:
    """A PHQ-9 with two answers withheld: 9 estimated, between 7 and 13."""
    return replace(
        a_phq9((1, 1, 1, 1, 1, 1, 1, None, None)),
        score=ScoreFacts(
            "prorated", Decimal(9), Decimal(27), Decimal(7), Decimal(13), 7, 9, "mild", "Mild"
        ),
    )


def an_incomplete() -> ResultFacts:
    """A PHQ-9 with three answers: no total, no band."""
    facts = a_phq9((1, 1, 2, None, None, None, None, None, None))
    items = tuple(replace(item, declined=False) for item in facts.items)
    score = ScoreFacts("incomplete", None, Decimal(27), Decimal(4), Decimal(22), 3, 9)
    return replace(facts, score=score, items=items)


def a_smoking_status() -> ResultFacts:
    """An instrument that ends in a category, without any LOINC item."""
    return replace(
        a_phq9(),
        instrument=InstrumentFacts("smoking_core", "Smoking", "Smoking", "1", "", "72166-2"),
        score=ScoreFacts("complete", None, None, None, None, 1, 1, "daily", "Smokes every day"),
        items=(ItemFacts("q1", "Do you smoke tobacco?", 3, "Yes, every day"),),
    )


def a_pain_score() -> ResultFacts:
    """A scale of 0 to 10 without any code of a terminology."""
    return replace(
        a_phq9(),
        instrument=InstrumentFacts("pain_nrs", "Pain, 0 to 10", "Pain", "1"),
        score=ScoreFacts(
            "complete", Decimal(7), Decimal(10), Decimal(7), Decimal(7), 1, 1, "severe", "Severe"
        ),
        items=(ItemFacts("q1", "How strong was your pain?", 7, "7"),),
    )


def in_two_parts() -> ResultFacts:
    """HADS, of which one part is complete and the other an estimate; there is no total."""
    return replace(
        a_phq9(),
        instrument=InstrumentFacts("hads", "HADS in full", "HADS", "1"),
        score=ScoreFacts(
            "prorated", None, None, None, None, 3, 4, kind="parts",
            parts=(
                PartFacts(
                    "anxiety", "Anxiety", "complete", Decimal(14), Decimal(21), Decimal(14),
                    Decimal(14), "abnormal", "Probable case", is_flagged=True,
                ),
                PartFacts(
                    "depression", "Depression", "prorated", Decimal("7.5"), Decimal(21), Decimal(6),
                    Decimal(9), "normal", "Normal",
                ),
            ),
        ),
        items=(
            ItemFacts("q1", "Invented question 1?", 2, "Twice"),
            ItemFacts("q2", "Invented question 2?", declined=True),
        ),
    )  # fmt: skip


def a_profile() -> ResultFacts:
    """EQ-5D-5L: five digits, and a scale beside them."""
    return replace(
        a_phq9(),
        instrument=InstrumentFacts("eq5d5l", "EQ-5D-5L", "EQ-5D-5L", "1"),
        score=ScoreFacts(
            "complete", None, None, None, None, 5, 5, kind="profile", profile="11223",
            parts=(
                PartFacts(
                    "vas", "Own health", "complete", Decimal(75), Decimal(100), Decimal(75),
                    Decimal(75),
                ),
            ),
        ),
        items=(ItemFacts("vas", "Invented question?", 75, "75"),),
    )  # fmt: skip
