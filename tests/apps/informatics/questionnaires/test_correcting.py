"""A score that is put right follows its original, here and at the record (hazards H4 and H5)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from imparts.audit.models import AuditEntry
from imparts.informatics.questionnaires.actions import correcting
from imparts.informatics.questionnaires.actions.correcting import NotCorrected, correct_response
from imparts.informatics.questionnaires.actions.withdrawing import withdraw_response
from imparts.informatics.questionnaires.models import Invitation, Response
from imparts.informatics.results.models import ResponseScore
from imparts.informatics.results.queries import scores_of
from imparts.library import queries as library
from imparts.outbox import actions as outbox
from imparts.outbox.destination import Destination
from imparts.outbox.models import Message
from imparts.rules.record.document_facts import DocumentFacts
from imparts.rules.record.result_facts import ResultFacts
from tests.builders import NOON, a_sent_sitting, a_service

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo")]

LATER = NOON + timedelta(days=3)
WHY = "The bands of the file were wrong."


@pytest.fixture
def sent() -> Invitation:
    outbox.set_destination(
        Destination("letters", "Documents", "mllp", "mdm", "record.example:2575"),
        by="integrator.test", why="test", at=NOON,
    )  # fmt: skip
    return a_sent_sitting(a_service(), phq9={"q1": 3, "q2": 3})


@pytest.fixture
def put_right(monkeypatch: pytest.MonkeyPatch, sent: Invitation) -> int:
    """The PHQ-9 with other bands, as another version of its file would have them."""
    pk = sent.instruments["phq9"]
    asked = library.instrument_of(pk)
    bands = (replace(asked.bands[0], highest=asked.bands[-1].highest),)
    mended = replace(asked, bands=bands)
    monkeypatch.setattr(correcting.library, "instrument_of", lambda _: mended)
    return pk


def corrected(sent: Invitation, content_id: int) -> ResponseScore:
    response = Response.objects.get(invitation=sent, instrument="phq9")
    return correct_response(
        response_id=response.pk, content_id=content_id, why=WHY, by="author.test", at=LATER
    )


def test_the_new_score_counts_and_the_first_stays(sent: Invitation, put_right: int) -> None:
    before = ResponseScore.objects.filter(sitting=sent.pk, instrument="phq9").values().get()
    made = corrected(sent, put_right)
    assert ResponseScore.objects.filter(pk=before["id"]).values().get() == before
    assert (made.score, before["band"], made.band) == (6, "mild", "none")
    assert made.completed_at == before["completed_at"]
    assert scores_of([sent.pk])[sent.pk]["phq9"] == made
    assert AuditEntry.objects.get(did="corrected score").why == WHY


def test_the_record_is_told_after_the_original(sent: Invitation, put_right: int) -> None:
    corrected(sent, put_right)
    first, second = Message.objects.filter(
        about=Response.objects.get(invitation=sent, instrument="phq9").pk
    ).order_by("pk")
    assert (first.kind, second.kind) == ("result", "correction")
    assert (second.destination, second.patient) == (first.destination, first.patient)
    facts = ResultFacts.from_json(second.facts)
    assert facts.is_correction
    assert facts.score.band == "none"
    assert facts.items == ResultFacts.from_json(first.facts).items


def test_the_document_is_replaced_with_the_other_sections_as_they_were(
    sent: Invitation, put_right: int
) -> None:
    corrected(sent, put_right)
    first, second = (
        DocumentFacts.from_json(one.facts)
        for one in Message.objects.filter(kind="document").order_by("pk")
    )
    assert second.replaces == first.document_id
    changed = [a.heading for a, b in zip(first.sections, second.sections, strict=True) if a != b]
    assert changed == ["PHQ-9"]


def test_the_same_score_again_changes_nothing(sent: Invitation) -> None:
    before = Message.objects.count()
    with pytest.raises(NotCorrected, match="comes out the same"):
        corrected(sent, sent.instruments["phq9"])
    assert Message.objects.count() == before


def test_a_version_of_another_instrument_is_refused(sent: Invitation) -> None:
    with pytest.raises(NotCorrected, match="a version of gad7, not of phq9"):
        corrected(sent, sent.instruments["gad7"])


def test_a_reason_is_needed(sent: Invitation, put_right: int) -> None:
    response = Response.objects.get(invitation=sent, instrument="phq9")
    with pytest.raises(NotCorrected, match="Say what was wrong"):
        correct_response(
            response_id=response.pk, content_id=put_right, why=" ", by="author.test", at=LATER
        )


def test_what_was_withdrawn_is_not_corrected(sent: Invitation, put_right: int) -> None:
    withdraw_response(sitting=sent.pk, why="Another person.", by="nurse.test", at=LATER)
    with pytest.raises(NotCorrected, match="another person's"):
        corrected(sent, put_right)
