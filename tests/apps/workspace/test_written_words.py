"""What a patient wrote, on the page of the visit: shown as text, in their own words (H1)."""

from uuid import uuid4

import pytest
from django.urls import reverse

from imparts.informatics.questionnaires.actions import answering, sending
from imparts.informatics.questionnaires.models import Invitation
from imparts.library import actions as library
from tests.apps.library.invented import ASKS_KETTLES
from tests.apps.workspace.given import A_MORNING, page_for
from tests.builders import NOON, TODAY, a_hand_over, a_service, an_appointment, sitting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo", "a_november_morning")]
WORDS = "Kind & quick. <script>alert(1)</script>"


def _asks_how_it_was():
    """A service whose pack ends with the Friends and Family Test."""
    service = a_service()
    text = ASKS_KETTLES.replace('"Kettles"', '"Our service"').replace('"kettle"', '"fft"')
    content = library.load_file(kind="pack", text=text, at=NOON, is_shipped=False, by="lead")
    assert content is not None
    library.put_in_force(service=service, content=content, from_on=TODAY, by="lead", at=NOON)
    return service


def _sent(service, *, word: int, written: str | None) -> Invitation:
    hand_over = a_hand_over(an_appointment(service, at=A_MORNING), at=A_MORNING)
    while question := sitting(hand_over, at=A_MORNING).first_unanswered:
        value = word if question.instrument == "fft" else 0
        is_text = question.item.free_text
        answering.save_answer(
            sitting=sitting(hand_over, at=A_MORNING), instrument_id=question.instrument,
            item_id=question.item.id, value=None if is_text else value, at=A_MORNING,
            entered=(written,) if is_text and written else None,
        )  # fmt: skip
    assert sending.submit(hand_over=hand_over, submission_id=uuid4(), at=A_MORNING)
    return Invitation.objects.get(pk=hand_over.invitation_id)


def _page(client, service, sent: Invitation) -> str:
    address = reverse("workspace:visit", args=[sent.patient_id, sent.pk])
    return page_for(client, "consultant", service, address)


def test_what_was_written_is_shown_as_text_and_the_answer_as_a_word(client) -> None:
    service = _asks_how_it_was()
    page = _page(client, service, _sent(service, word=6, written=WORDS))
    assert "<td>Kind &amp; quick. &lt;script&gt;alert(1)&lt;/script&gt;</td>" in page
    assert "<td>don&#39;t know</td>" in page
    assert "Not reached" not in page


def test_words_that_were_not_written_are_said_to_be_declined(client) -> None:
    service = _asks_how_it_was()
    page = _page(client, service, _sent(service, word=5, written=None))
    assert "<td>negative</td>" in page
    assert "<td>Chose not to answer</td>" in page
