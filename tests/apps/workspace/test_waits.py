"""Waiting times: entered in one form, shown with their day beside each step, stale after a week."""

from datetime import timedelta

import pytest
from django.urls import reverse

from imparts.audit.models import AuditEntry
from imparts.pathways.actions import NotDone, enter_wait
from imparts.pathways.models import WaitingTime
from imparts.pathways.queries import waits_of
from tests.apps.workspace.given import A_MORNING, page_for, signed_in, text_of
from tests.builders import a_service

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo", "a_november_morning")]
TODAY = A_MORNING.date()


def _address(service) -> str:
    return reverse("workspace:waits_at", args=[service.pk])


def _wait(service, days: int, ago: int = 0) -> None:
    enter_wait(
        service=service, option="talking_therapies", days=days, as_of=TODAY - timedelta(days=ago),
        by="nurse", at=A_MORNING,
    )  # fmt: skip


def test_a_wait_is_said_in_weeks_with_its_day() -> None:
    service = a_service()
    _wait(service, 35, ago=5)
    found = waits_of(service, TODAY)["talking_therapies"]
    assert found.words == "wait 5 weeks, 12 Nov"


@pytest.mark.parametrize(
    ("days", "words"), [(6, "6 days"), (1, "1 day"), (14, "2 weeks"), (36, "36 days"), (0, "none")]
)
def test_only_whole_weeks_are_said_in_weeks(days: int, words: str) -> None:
    service = a_service()
    _wait(service, days)
    assert waits_of(service, TODAY)["talking_therapies"].long == words


def test_after_seven_days_a_wait_is_stale_and_says_so() -> None:
    service = a_service()
    _wait(service, 35, ago=7)
    assert not waits_of(service, TODAY)["talking_therapies"].is_stale
    later = waits_of(service, TODAY + timedelta(days=1))["talking_therapies"]
    assert later.words == "wait 5 weeks as of 10 Nov, may have changed"


def test_the_latest_day_counts_and_of_one_day_the_last_row() -> None:
    service = a_service()
    for days, ago in ((7, 1), (70, 9), (21, 1)):
        _wait(service, days, ago)
    assert waits_of(service, TODAY)["talking_therapies"].days == 21
    assert WaitingTime.objects.count() == 3


@pytest.mark.parametrize(("option", "days", "ahead"), [("x", 1, 0), ("gp", -1, 0), ("gp", 1, 1)])
def test_a_wait_that_cannot_be_is_refused(option: str, days: int, ahead: int) -> None:
    as_of = TODAY + timedelta(days=ahead)
    with pytest.raises(NotDone):
        enter_wait(
            service=a_service(), option=option, days=days, as_of=as_of, by="nurse", at=A_MORNING
        )
    assert not WaitingTime.objects.exists()


def test_several_are_entered_in_one_form_and_say_who_entered_them(client) -> None:
    service = a_service()
    typed = {"as_of": "2026-11-16", "talking_therapies": "5", "stop_smoking_service": "6",
             "stop_smoking_service_unit": "days", "talking_therapies_unit": "weeks"}  # fmt: skip
    answered = signed_in(client, "manager", service).post(_address(service), typed)
    assert answered["Location"] == _address(service)
    page = text_of(client.get(_address(service)))
    assert "<b>5 weeks</b>" in page and "<b>6 days</b>" in page
    assert "entered by Robin Example (Manager)" in page
    assert AuditEntry.objects.filter(did="entered waiting time").count() == 2


def test_what_is_wrong_stands_beside_its_line_and_what_was_typed_is_still_there(client) -> None:
    service = a_service()
    typed = {"as_of": "2026-11-16", "talking_therapies": "five", "gp": "2"}
    answered = signed_in(client, "nurse", service).post(_address(service), typed)
    page = text_of(answered)
    assert answered.status_code == 422
    assert 'value="five"' in page and 'value="2"' in page
    assert "Write a whole number of weeks or days" in page
    assert not WaitingTime.objects.exists()


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"as_of": "2026-11-18", "gp": "2"}, "This day has not come yet."),
        ({"as_of": "", "gp": "2"}, "Write the day on which these waits were so."),
        ({"as_of": "2026-11-16"}, "Nothing was written"),
        ({"as_of": "2026-11-16", "gp": "400"}, "At most 156 weeks"),
    ],
)
def test_a_form_that_cannot_be_saved_says_why(client, typed: dict[str, str], why: str) -> None:
    service = a_service()
    answered = signed_in(client, "nurse", service).post(_address(service), typed)
    assert answered.status_code == 422 and why in text_of(answered)


def test_the_page_leads_to_the_readers_own_services_only(client) -> None:
    here, there = a_service(), a_service("Dermatology")
    assert "Rheumatology" in page_for(client, "nurse", here, reverse("workspace:waits"))
    answered = client.get(_address(there))
    assert (answered.status_code, answered.content) == (404, b"")
    assert client.post(_address(there), {"gp": "2"}).status_code == 404


@pytest.mark.parametrize("role", ["receptionist", "commissioner"])
def test_other_roles_are_told_who_may(client, role: str) -> None:
    service = a_service()
    answered = signed_in(client, role, service).get(_address(service))
    assert answered.status_code == 403


def test_signed_out_it_leads_to_signing_in(client) -> None:
    assert client.get(_address(a_service()))["Location"].startswith("/sign-in/login/")
