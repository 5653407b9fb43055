"""What was answered shows its own words, whatever has ended or changed since (H4)."""

from datetime import timedelta

import pytest

from imparts.informatics.questionnaires.models import Response
from imparts.informatics.questionnaires.queries.sittings import instruments_of
from imparts.library import actions as library
from imparts.library.models import ContentVersion
from imparts.library.queries import instrument_of, may_be_offered
from tests.apps.library.invented import (
    LAST_DAY,
    load_clinic_pack,
    load_structure,
    load_wording,
    noon,
    sign,
    sign_everything,
)
from tests.builders import (
    NOON,
    TODAY,
    a_hand_over,
    a_sent_sitting,
    a_service,
    an_appointment,
    sitting,
)

pytestmark = pytest.mark.django_db
AFTER = LAST_DAY + timedelta(days=1)


@pytest.fixture
def service():
    """A service whose pack asks the Kettle Scale, signed and licensed."""
    made = a_service(with_content=False)
    library.load_shipped(at=NOON)
    load_structure()
    load_wording()
    content = load_clinic_pack()
    sign_everything()
    library.put_in_force(service=made, content=content, from_on=TODAY, by="lead", at=NOON)
    return made


def test_after_its_licence_has_ended_an_old_response_still_shows_its_words(service) -> None:
    invitation = a_sent_sitting(service, kettle={"q1": 2, "q4": 10})
    response = Response.objects.get(invitation=invitation, instrument="kettle")
    assert not may_be_offered(response.content, on=AFTER)
    asked = instrument_of(response.content_id)
    assert asked.items[0].text == "The kettle was slow to boil"
    assert asked.items[0].label(2) == "Twice"
    assert asked.items[3].label(10) == "10 (Beyond repair)"


def test_a_licensed_instrument_is_scored_and_kept_with_the_wording_that_was_asked(service) -> None:
    invitation = a_sent_sitting(service, kettle={"q1": 2, "q2": 1})
    response = Response.objects.get(invitation=invitation, instrument="kettle")
    assert response.content.kind == "wording"
    assert response.content.scores.get().score == 18


def test_an_invitation_that_has_begun_keeps_its_version_when_a_newer_one_is_signed(service) -> None:
    hand_over = a_hand_over(an_appointment(service))
    before = hand_over.invitation.instruments["kettle"]
    newer = load_wording(version="2")
    sign(newer)
    kept = {q.instrument for q in sitting(hand_over).questions}
    assert "kettle" in kept
    hand_over.invitation.refresh_from_db()
    assert hand_over.invitation.instruments["kettle"] == before
    later = a_hand_over(an_appointment(service))
    assert later.invitation.instruments["kettle"] == newer.pk


def test_an_invitation_that_has_begun_is_finished_after_its_licence_has_ended(service) -> None:
    at = noon(LAST_DAY)
    hand_over = a_hand_over(an_appointment(service, at=at), at=at)
    assert not may_be_offered(_version(hand_over), on=AFTER)
    assert instruments_of(hand_over.invitation)["kettle"].has_wording


def _version(hand_over) -> ContentVersion:
    return ContentVersion.objects.get(pk=hand_over.invitation.instruments["kettle"])
