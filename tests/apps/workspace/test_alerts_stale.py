"""Pages that are out of date: each says what happened and what is so now; nothing is lost."""

import pytest
from django.test import Client

from imparts.pathways.models import AlertEvent
from imparts.people import actions as people
from tests.apps.workspace.alerting import DONE, EARLIER, address, an_alert
from tests.apps.workspace.given import signed_in, signed_in_as, text_of
from tests.builders import a_patient, a_service, staff_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo", "a_november_morning")]


def _taken() -> int:
    return AlertEvent.objects.filter(name="acknowledged").count()


def test_pressing_twice_takes_it_once_and_says_so(client) -> None:
    alert = an_alert(a_service())
    reader = signed_in(client, "nurse", alert.service)
    for _ in range(2):
        reader.post(address("take", alert))
    assert _taken() == 1
    assert "You have this alert already, since 09:30." in text_of(reader.get("/alerts/"))


def test_from_a_second_window_that_is_out_of_date_nothing_is_taken_over(client) -> None:
    alert = an_alert(a_service())
    signed_in(Client(), "consultant", alert.service).post(address("take", alert))
    nurse = signed_in(client, "nurse", alert.service)
    nurse.post(address("take", alert), {"instead_of": ""})
    assert _taken() == 1
    page = text_of(nurse.get(address("alert", alert)))
    assert "Nothing was changed. Robin Example took this alert at 09:30." in page
    assert "Take over from Consultant" in page


def test_whoever_sees_the_owner_may_take_over(client) -> None:
    alert = an_alert(a_service())
    consultant = staff_with("consultant", alert.service)
    signed_in_as(Client(), consultant).post(address("take", alert))
    nurse = signed_in(client, "nurse", alert.service)
    nurse.post(address("take", alert), {"instead_of": consultant.username})
    assert _taken() == 2
    assert "taken by you" in text_of(nurse.get(address("alert", alert)))


def test_taking_what_was_closed_meanwhile_says_who_closed_it(client) -> None:
    alert = an_alert(a_service())
    signed_in(Client(), "consultant", alert.service).post(
        address("record", alert), DONE | {"save": "close"}
    )
    nurse = signed_in(client, "nurse", alert.service)
    nurse.post(address("take", alert))
    page = text_of(nurse.get(address("alert", alert)))
    assert "Nothing was changed. Consultant closed this alert at 09:30." in page
    assert _taken() == 0


def test_what_was_typed_after_the_closing_stands_there_to_be_copied(client) -> None:
    alert = an_alert(a_service())
    nurse = signed_in(client, "nurse", alert.service)
    signed_in(Client(), "consultant", alert.service).post(
        address("record", alert), DONE | {"save": "close"}
    )
    given = {"save": "keep", "reason": "Rang, no answer", "plan": "None said"}
    answered = nurse.post(address("record", alert), given)
    page = text_of(answered)
    assert answered.status_code == 409
    assert "Nothing was saved. Consultant closed this alert at 09:30." in page
    assert "Rang, no answer" in page
    assert "None said" in page
    assert not AlertEvent.objects.filter(name="noted").exists()


def test_who_took_it_while_one_was_writing_is_said_and_the_note_is_kept(client) -> None:
    alert = an_alert(a_service())
    nurse = signed_in(client, "nurse", alert.service)
    knew = max(alert.events.values_list("pk", flat=True))
    signed_in(Client(), "consultant", alert.service).post(address("take", alert))
    nurse.post(address("record", alert), {"save": "keep", "reason": "Rang", "knew": str(knew)})
    page = text_of(nurse.get(address("alert", alert)))
    assert "While you were writing, Consultant took it at 09:30." in page
    assert AlertEvent.objects.get(name="noted").details["reason"] == "Rang"


def test_an_attempt_after_the_closing_is_not_stored_and_not_lost(client) -> None:
    alert = an_alert(a_service())
    nurse = signed_in(client, "nurse", alert.service)
    signed_in(Client(), "consultant", alert.service).post(
        address("record", alert), DONE | {"save": "close"}
    )
    answered = nurse.post(address("attempt", alert), {"how": "phone", "outcome": "no answer"})
    assert answered.status_code == 409
    assert "no answer" in text_of(answered)
    assert "closed this alert at 09:30" in text_of(answered)


def test_after_a_merge_the_alert_stays_open_under_the_person_who_remains(client) -> None:
    alert = an_alert(a_service())
    kept = a_patient(given_name="Amara", family_name="Thimblewick-Hart")
    people.merge(loser=alert.patient, survivor=kept, by="test", at=EARLIER, why="same person")
    nurse = signed_in(client, "nurse", alert.service)
    page = text_of(nurse.get(address("alert", alert)))
    assert "THIMBLEWICK-HART, Amara" in page
    assert "Raised on a record that has since been joined with this person" in page
    nurse.post(address("take", alert))
    nurse.post(address("record", alert), DONE | {"save": "close"})
    assert AlertEvent.objects.filter(name="closed").count() == 1


def test_the_button_of_a_list_that_is_out_of_date_takes_nothing_over(client) -> None:
    alert = an_alert(a_service())
    signed_in(Client(), "consultant", alert.service).post(address("take", alert))
    nurse = signed_in(client, "nurse", alert.service)
    answered = nurse.post(address("take", alert), {"back": "clinic"}, follow=True)
    assert "took this alert at 09:30" in text_of(answered)
    assert _taken() == 1
