"""An invented patient's result, for previews of a mapping: nobody, and nothing from a database.

The name and numbers are made up; the NHS number is from the range kept for tests (999).
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from imparts.rules.record.document_facts import DocumentFacts
from imparts.rules.record.in_words import section_of
from imparts.rules.record.result_facts import (
    IdentifierFacts,
    InstrumentFacts,
    ItemFacts,
    PatientFacts,
    PlaceFacts,
    ResultFacts,
    ScoreFacts,
)

AT = datetime(2026, 7, 14, 8, 58, 3, tzinfo=UTC)
CONTROL_ID = "PREVIEW0000000000001"
_ITEMS = (
    ("Invented question 1", 2, "More than half the days", "44250-9"),
    ("Invented question 2", 2, "More than half the days", "44255-8"),
    ("Invented question 3", 1, "Several days", "44259-0"),
    ("Invented question 4", 2, "More than half the days", "44254-1"),
    ("Invented question 5", 1, "Several days", "44251-7"),
    ("Invented question 6", 2, "More than half the days", "44258-2"),
    ("Invented question 7", 1, "Several days", "44252-5"),
    ("Invented question 8", 1, "Several days", "44253-3"),
    ("Invented question 9", 0, "Not at all", "44260-8"),
)


def a_result(*, organisation: str = "X001") -> ResultFacts:
    """A complete result of nine questions."""
    return ResultFacts(
        response_id="00000000-0000-4000-8000-0000000000a1",
        instrument=InstrumentFacts(
            "phq9", "Patient Health Questionnaire 9", "PHQ-9", "1",
            "44249-1", "44261-6", "720433000",
        ),
        score=ScoreFacts(
            "complete", Decimal(12), Decimal(27), Decimal(12), Decimal(12), 9, 9,
            "moderate", "Moderate",
        ),
        items=_items(),
        patient=a_patient(organisation),
        service=PlaceFacts("rheum", "Rheumatology"),
        organisation=PlaceFacts(organisation, "Invented Hospitals"),
        completed_at=AT,
        appointment_id="00000000-0000-4000-8000-0000000000b1",
        who_helped="nobody",
        mode="radios",
        language="en",
    )  # fmt: skip


def an_estimate(*, organisation: str = "X001") -> ResultFacts:
    """The same with two questions declined: 14 estimated, between 11 and 17."""
    whole = a_result(organisation=organisation)
    score = ScoreFacts(
        "prorated", Decimal(14), Decimal(27), Decimal(11), Decimal(17), 7, 9, "moderate", "Moderate"
    )
    declined = tuple(
        replace(item, value=None, label="", answer_code="", declined=True)
        for item in whole.items[7:]
    )
    return replace(whole, score=score, items=(*whole.items[:7], *declined))


def a_document(*, organisation: str = "X001") -> DocumentFacts:
    """The summary of a visit with both."""
    whole = a_result(organisation=organisation)
    return DocumentFacts(
        document_id="00000000-0000-4000-8000-0000000000d1",
        sitting_id="00000000-0000-4000-8000-0000000000c1",
        patient=whole.patient,
        service=whole.service,
        organisation=whole.organisation,
        completed_at=AT,
        sections=(section_of(whole),),
        appointment_id=whole.appointment_id,
    )


def a_patient(organisation: str) -> PatientFacts:
    """Nobody."""
    return PatientFacts(
        id="00000000-0000-4000-8000-0000000000e1",
        family="Preview",
        given="Pat",
        born_on=date(1970, 1, 31),
        sex="female",
        identifiers=(
            IdentifierFacts("nhs", "9990000018", verified=True),
            IdentifierFacts("local", "P000001", verified=True, authority=organisation),
        ),
    )


def _items() -> tuple[ItemFacts, ...]:
    return tuple(
        ItemFacts(f"q{place}", text, value=value, label=label, loinc=loinc)
        for place, (text, value, label, loinc) in enumerate(_ITEMS, start=1)
    )
