"""Answers that came by FHIR on the pages of staff: on the clinic list and on the summary."""

import pytest
from django.test import Client
from django.utils.html import escape

from imparts.access.models import Staff
from imparts.informatics.questionnaires.actions.hand_overs import hand_over
from imparts.informatics.questionnaires.models import HandOver, Invitation
from imparts.informatics.questionnaires.queries.days import offers_for
from imparts.pathways.queries import why_not_covered
from imparts.workspace.queries.clinic_day import visits_at_desk
from imparts.workspace.visits import Asking
from tests.builders import NOON, TODAY, an_appointment, staff_with
from tests.gateway.fhir_server.answers import WITH_ITEM_9, phq9, post
from tests.gateway.fhir_server.asking import known_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon", "in_the_demo")]


def page(staff: Staff, address: str) -> str:
    browser = Client()
    browser.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = browser.get(address, follow=True)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_clinic_list_shows_score_and_alert_and_that_nobody_covers(asked_clinic, send) -> None:
    amara = known_at(asked_clinic)
    an_appointment(asked_clinic, amara, is_covered=False)
    consultant = staff_with("consultant", asked_clinic)
    assert post(send, phq9(amara, WITH_ITEM_9)).status_code == 201
    shown = page(consultant, "/clinic/")
    assert "Thimblewick" in shown and ">9<" in shown.replace(" ", "").replace("\n", "")
    assert "Item 9" in shown or "item 9" in shown
    why = why_not_covered(asked_clinic, TODAY, pack_asks_about_harm=True)
    assert why and escape(why.partition(".")[0]) in shown


def test_the_summary_says_which_system_sent_the_answers(asked_clinic, send) -> None:
    amara = known_at(asked_clinic)
    post(send, phq9(amara, WITH_ITEM_9))
    sitting = Invitation.objects.get()
    shown = page(
        staff_with("consultant", asked_clinic), f"/patients/{amara.pk}/visits/{sitting.pk}/"
    )
    assert "sent in by Warehouse" in shown and "tablet in the waiting area" not in shown


def test_the_desk_still_asks_what_was_not_sent(asked_clinic, send) -> None:
    """A PHQ-9 from a portal is not the clinic's whole questionnaire."""
    amara = known_at(asked_clinic)
    booked = an_appointment(asked_clinic, amara)
    post(send, phq9(amara))
    offer = offers_for([booked.pk])[booked.pk]
    assert offer.state == "finished" and offer.asks_more
    assert visits_at_desk(booked.session)[0].asking is Asking.NO_TABLET
    made, _ = hand_over(appointment=booked, tablet=None, by="desk", at=NOON)
    assert HandOver.objects.count() == 1 and made.invitation.mode == "radios"
    assert offers_for([booked.pk])[booked.pk].state == "answering"


def test_of_several_sittings_the_one_with_an_alert_stands_in_the_row(asked_clinic, send) -> None:
    amara = known_at(asked_clinic)
    booked = an_appointment(asked_clinic, amara)
    post(send, phq9(amara, WITH_ITEM_9, number="A1"))
    post(send, phq9(amara, number="A2"))
    alerted = Invitation.objects.get(sent_in__number="A1")
    assert offers_for([booked.pk])[booked.pk].invitation == alerted.pk
