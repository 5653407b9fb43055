"""Append-only tables: what has been said or seen stays as it was; nothing updates or deletes it."""

import ast
from functools import cache

from django.apps import apps

from tests.house.reading import File, dotted, nothing_wrong, program, words

# Named here as well as on the table, so that the promise cannot be dropped in one place unnoticed.
PROMISED = words(
    """AuditEntry Signature HarmReview Withdrawal InForce ContentVersion Merge Alert AlertEvent
    PathwayEntry StepTaken AppointmentMove AnswerGiven OfferOutcome Response Answer ResponseScore
    SteppedOut RepeatBooked TreatmentStep TreatmentEnd WaitingTime Capacity AlertClocks
    StandingCover DayCover LeaveCover CoverAccepted PhysicalMeasure AgreedBaseline
    Diagnosis StayMove
    Referral ReferralEvent Letter WithdrawnSitting Refiling SentIn
    Attempt DestinationSettings QueueSaid NotHere
    PatientVersion
    PathwayRevision PathwayRun PathwayComment PathwaySignature
    ReceivedMessage Became SigningKey AppGrant"""
)
_CHANGES = ("update", "delete", "bulk_update", "update_or_create")


@cache
def append_only() -> frozenset[str]:
    """The tables that carry the promise."""
    return frozenset(m.__name__ for m in apps.get_models() if getattr(m, "append_only", False))


def changes(file: File, tables: frozenset[str]) -> list[str]:
    """Calls that change or delete rows of an append-only table."""
    return [
        f"{file.path}:{node.lineno} {chain}: rows of {chain.split('.')[0]} are added, never "
        "changed. Add a row that says what is true now."
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Call)
        and (chain := dotted(node)).split(".")[0] in tables
        and chain.split(".")[-1] in _CHANGES
    ]


def test_every_promised_table_is_append_only() -> None:
    assert append_only() >= PROMISED, f"Promise dropped: {sorted(PROMISED - append_only())}."


def test_every_append_only_table_is_promised_here() -> None:
    assert append_only() <= PROMISED, f"Add to PROMISED: {sorted(append_only() - PROMISED)}."


def test_no_code_changes_what_is_append_only() -> None:
    nothing_wrong(wrong for file in program() for wrong in changes(file, PROMISED))


def test_a_change_of_an_append_only_table_is_found() -> None:
    for bad in (
        "AuditEntry.objects.filter(pk=1).update(who='x')",
        "AuditEntry.objects.all().delete()",
        "Answer.objects.update_or_create(item='q1')",
    ):
        assert changes(File("x.py", bad), PROMISED), bad
    assert not changes(File("x.py", "HandOver.objects.update(at=at)"), PROMISED)
