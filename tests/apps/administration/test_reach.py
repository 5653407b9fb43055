"""How staff are reached: set by them or by their administrator, with what it is for beside it."""

from types import SimpleNamespace

import pytest
from django.urls import reverse
from pytest_django import Settings

from imparts.access.models import Staff
from imparts.access.queries import unreachable
from imparts.audit.models import AuditEntry
from tests.apps.workspace.given import signed_in, signed_in_as, text_of
from tests.builders import a_service, staff_with

pytestmark = pytest.mark.django_db
GIVEN = {"email": "kit@fernhollow.example", "mobile": "07700 900123"}
USED_FOR = "What is sent names the service and the duty: no patient, no number and no answer."


def test_someone_says_how_to_reach_them_and_sees_what_it_is_for(client, service) -> None:
    staff = staff_with("nurse", service)
    browser = signed_in_as(client, staff)
    assert USED_FOR in text_of(browser.get("/me/"))
    assert browser.post("/me/reach/", GIVEN).status_code == 302
    staff.refresh_from_db()
    assert (staff.email, staff.mobile) == ("kit@fernhollow.example", "+447700900123")
    shown = text_of(browser.get("/me/"))
    assert "07700 900123" in shown and "kit@fernhollow.example" in shown


def test_an_administrator_says_it_for_a_colleague_and_the_audit_names_who(client, service) -> None:
    nurse = staff_with("nurse", service)
    browser = signed_in(client, "admin", service)
    page = reverse("administration:colleague", args=[nurse.pk])
    assert USED_FOR in text_of(browser.get(page))
    browser.post(reverse("administration:reach", args=[nurse.pk]), GIVEN)
    nurse.refresh_from_db()
    assert nurse.mobile == "+447700900123"
    entry = AuditEntry.objects.get(did="changed how to reach staff")
    assert entry.who == Staff.objects.get(job_title="Admin").username
    assert "7700" not in str(AuditEntry.objects.filter(pk=entry.pk).values())


def test_both_may_be_taken_out_again(client, service) -> None:
    staff = staff_with("nurse", service)
    browser = signed_in_as(client, staff)
    browser.post("/me/reach/", GIVEN)
    browser.post("/me/reach/", {"email": "", "mobile": ""})
    staff.refresh_from_db()
    assert (staff.email, staff.mobile) == ("", "")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"email": "kit"}, "Write the whole address"),
        ({"mobile": "bleep 2210"}, "A mobile number holds digits only."),
        ({"mobile": "020 7946 0123"}, "This number names no country."),
        ({"mobile": "1" * 40}, "at most 30 characters"),
        ({"email": f"{'x' * 250}@fernhollow.example"}, "This is too long."),
    ],
)
def test_what_cannot_be_used_is_said_and_stays_in_the_field(
    client, service, wrong: dict[str, str], says: str
) -> None:
    nurse = staff_with("nurse", service)
    colleague = reverse("administration:reach", args=[nurse.pk])
    for browser, address in (
        (signed_in_as(client, nurse), "/me/reach/"),
        (signed_in(client, "admin", service), colleague),
    ):
        answered = browser.post(address, {**GIVEN, **wrong})
        assert answered.status_code == 422
        assert says in text_of(answered)
        assert f'value="{next(iter(wrong.values()))}"' in text_of(answered)
    nurse.refresh_from_db()
    assert (nurse.email, nurse.mobile) == ("", "")


def test_nobody_changes_how_to_reach_a_colleague_of_elsewhere(client, service) -> None:
    other = staff_with("nurse", a_service("Cardiology", with_content=False))
    address = reverse("administration:reach", args=[other.pk])
    assert signed_in(client, "admin", service).post(address, GIVEN).status_code == 404
    assert signed_in(client, "nurse", service).post(address, GIVEN).status_code == 403


@pytest.mark.parametrize(
    ("email", "mobile", "has_mail", "has_sms", "says"),
    [
        ("", "", True, True, "No e-mail address and no mobile number"),
        ("kit@x.example", "", False, False, "This site sends no e-mail and no SMS"),
        ("kit@x.example", "", False, True, "An e-mail address only"),
        ("", "+447700900123", True, False, "A mobile number only"),
    ],
)
def test_whoever_cannot_be_reached_is_named_with_the_reason(
    settings: Settings, email: str, mobile: str, has_mail: bool, has_sms: bool, says: str
) -> None:
    settings.IMPARTS_SERVERS = SimpleNamespace(mail=has_mail or None, sms=has_sms or None)
    assert says in (unreachable(Staff(email=email, mobile=mobile)) or "")


def test_one_way_that_works_is_enough(settings: Settings) -> None:
    settings.IMPARTS_SERVERS = SimpleNamespace(mail=True, sms=None)
    assert unreachable(Staff(email="kit@x.example")) is None
    assert unreachable(Staff(email="kit@x.example", mobile="+447700900123")) is None
