"""Alerts on the clinic lists: whom the ladder has called; at the desk only "please wait"."""

import pytest
from django.test import Client
from django.urls import reverse

from imparts.informatics.clinics import actions as clinics
from imparts.informatics.clinics.models import Appointment
from imparts.informatics.questionnaires.actions import hand_overs
from imparts.informatics.questionnaires.models import Invitation
from imparts.pathways.models import AlertEvent
from tests.apps.workspace.alerting import EARLIER, address, an_alert, escalate, holder
from tests.apps.workspace.given import page_for, signed_in, signed_in_as, text_of
from tests.builders import a_service

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo", "a_november_morning")]
LIST = "/clinic/"


def _here(alert) -> Appointment:
    appointment = Appointment.objects.get(pk=alert.appointment)
    clinics.check_in(appointment=appointment, by="test", at=EARLIER, place="Area B")
    return appointment


def _strip(page: str) -> str:
    return page.partition('id="strip"')[2].partition('id="list"')[0]


def test_the_strip_says_when_the_deputy_is_called(client) -> None:
    alert = an_alert(a_service())
    _here(alert)
    strip = _strip(page_for(client, "nurse", alert.service, LIST))
    assert "Deputy at <strong>09:35</strong>" in strip
    assert "I'll ask now" in strip


def test_once_called_the_strip_says_whom_and_when_and_who_is_next(client) -> None:
    alert = an_alert(a_service())
    _here(alert)
    escalate(minutes=16)
    strip = _strip(page_for(client, "nurse", alert.service, LIST))
    assert "Called deputy <strong>09:36</strong>, liaison at <strong>09:50</strong>" in strip


def test_handed_on_and_not_yet_taken_it_can_be_taken_and_says_to_whom(client) -> None:
    alert = an_alert(a_service())
    _here(alert)
    owner, deputy = holder(alert.service, "owner"), holder(alert.service, "deputy")
    browser = signed_in_as(Client(), owner)
    browser.post(address("take", alert))
    browser.post(address("hand_on", alert), {"to": str(deputy.pk), "why": "my clinic ends"})
    strip = _strip(page_for(client, "nurse", alert.service, LIST))
    assert "Handed to Consultant." in strip
    assert "I'll ask now" in strip


def test_checking_out_with_an_open_alert_says_please_wait_and_calls_the_owner(client) -> None:
    alert = an_alert(a_service())
    appointment = _here(alert)
    invitation = Invitation.objects.get(pk=alert.about)
    hand_overs.take_back(invitation=invitation, by="test", at=EARLIER)
    desk = signed_in(client, "receptionist", alert.service)
    page = text_of(desk.get(LIST))
    assert "The nurse is coming to the desk" in page
    where = reverse("workspace:moved", args=[appointment.pk])
    page = text_of(desk.post(where, {"move": "left"}, follow=True))
    assert "Please ask them to wait. A colleague is coming." in page
    for hidden in ("several days", "Item 9", "mark act", "strip", "alert"):
        assert hidden not in page.split("<main")[1], hidden
    called = AlertEvent.objects.get(name="escalated", rung="desk")
    assert called.for_whom == holder(alert.service, "owner").username
    assert not _has_left(appointment)


def _has_left(appointment: Appointment) -> bool:
    """Whether the list says that they have gone."""
    return appointment.moves.filter(state="left").exists()


def test_the_call_to_the_desk_stands_in_the_ledger_of_the_alert(client) -> None:
    alert = an_alert(a_service())
    where = reverse("workspace:moved", args=[_here(alert).pk])
    signed_in(Client(), "receptionist", alert.service).post(where, {"move": "left"})
    page = page_for(client, "nurse", alert.service, address("alert", alert))
    assert "To the desk: the patient is about to leave" in page
