"""Who answers for alerts: said day by day, accepted by the person named, arranged by who may."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from imparts.pathways.models import AlertClocks, CoverAccepted, DayCover, LeaveCover
from imparts.pathways.queries import clocks_of, cover_on
from tests.apps.workspace.alerting import A_DAY, holder
from tests.apps.workspace.given import page_for, signed_in, signed_in_as, text_of
from tests.apps.workspace.morning import A_MORNING
from tests.builders import a_service, an_appointment, cover, staff_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo", "a_november_morning")]
CLOCKS = {
    "clocks-deputy_after": "10", "clocks-liaison_after": "20", "clocks-act_within": "45",
    "clocks-opens_at": "08:30",
    "clocks-closes_at": "17:00", "clocks-weekdays": ["1", "2", "3"], "clocks-unread_by": "09:30",
    "clocks-out_of_hours": "Ring the site manager.",
}  # fmt: skip


def _page(service) -> str:
    return reverse("workspace:cover", args=[service.pk])


def _accept(service, duty: str, on: date = A_DAY) -> tuple[str, dict[str, str]]:
    given = {"duty": duty, "on": on.isoformat()}
    return reverse("workspace:accept_cover", args=[service.pk]), given


def _arrange(service, what: str) -> str:
    return reverse("workspace:arrange_cover", args=[service.pk, what])


@pytest.fixture
def service():
    """A service whose owner and deputy stand and have accepted for the day."""
    made = a_service()
    cover(made, on=A_DAY)
    return made


def test_today_and_seven_more_days_stand_with_who_has_accepted(client, service) -> None:
    page = page_for(client, "nurse", service, _page(service))
    assert page.count('<th scope="row">') == 8
    assert "<b>Today</b>" in page
    assert "Tue 24 Nov" in page
    assert "accepted" in page
    assert "not accepted yet" in page


def test_the_person_named_accepts_with_one_press(service) -> None:
    owner, tomorrow = holder(service, "owner"), A_DAY + timedelta(days=1)
    browser = signed_in_as(Client(), owner)
    assert "I'll cover" in unescape(text_of(browser.get(_page(service))))
    where, given = _accept(service, "owner", tomorrow)
    browser.post(where, given)
    assert cover_on(service, tomorrow).owner.is_accepted


def test_nobody_accepts_for_somebody_else(client, service) -> None:
    reader = signed_in(client, "nurse", service)
    where, given = _accept(service, "owner", A_DAY + timedelta(days=1))
    said = text_of(reader.post(where, given, follow=True))
    assert "You are not owner here on this day." in said
    assert not CoverAccepted.objects.filter(on=A_DAY + timedelta(days=1)).exists()
    assert "I'll cover" not in unescape(text_of(reader.get(_page(service))))


@pytest.mark.parametrize("given", [{}, {"on": "tomorrow"}, {"on": "2026-02-31"}])
def test_accepting_for_no_day_is_refused_in_a_sentence(client, service, given) -> None:
    where, _ = _accept(service, "owner")
    answered = signed_in(client, "nurse", service).post(where, given)
    assert answered.status_code == 400
    assert "Say for which day." in text_of(answered)


def test_whoever_arranges_cover_names_someone_for_a_day(client, service) -> None:
    stand_in = staff_with("nurse", service)
    reader = signed_in(client, "manager", service)
    on = A_DAY + timedelta(days=2)
    given = {"day-on": on.isoformat(), "day-duty": "owner", "day-staff": str(stand_in.pk)}
    reader.post(_arrange(service, "day"), given)
    assert holder(service, "owner", on=on) == stand_in
    assert "named for today" in text_of(reader.get(_page(service)))


def test_standing_cover_and_leave_are_arranged_and_taken_back(client, service) -> None:
    stand_in, manager = staff_with("nurse", service), signed_in(client, "manager", service)
    owner = holder(service, "owner")
    first = A_DAY + timedelta(days=3)
    manager.post(_arrange(service, "standing"), {
        "standing-from_on": first.isoformat(), "standing-duty": "liaison",
        "standing-staff": str(stand_in.pk),
    })  # fmt: skip
    assert holder(service, "liaison", on=first) == stand_in
    away = {
        "leave-staff": str(owner.pk), "leave-covered_by": str(stand_in.pk),
        "leave-from_on": first.isoformat(), "leave-until_on": first.isoformat(),
    }  # fmt: skip
    manager.post(_arrange(service, "leave"), away)
    assert holder(service, "owner", on=first) == stand_in
    row = LeaveCover.objects.get()
    manager.post(reverse("workspace:end_leave", args=[service.pk, row.pk]))
    assert holder(service, "owner", on=first) == owner


def test_nobody_holds_a_duty_only_when_that_is_chosen(client, service) -> None:
    manager = signed_in(client, "manager", service)
    given = {"standing-from_on": A_DAY.isoformat(), "standing-duty": "owner"}
    manager.post(_arrange(service, "standing"), given | {"standing-staff": ""})
    assert holder(service, "owner", on=A_DAY) is not None
    manager.post(_arrange(service, "standing"), given | {"standing-staff": "nobody"})
    assert holder(service, "owner", on=A_DAY) is None


def test_clocks_are_a_proposal_until_the_site_confirms_them(client, service) -> None:
    manager = signed_in(client, "manager", service)
    page = text_of(manager.get(_page(service)))
    assert "These are a proposal that nobody here has confirmed." in page
    manager.post(_arrange(service, "clocks"), CLOCKS)
    page = text_of(manager.get(_page(service)))
    assert "proposal" not in page
    assert "records what was done within 45 minutes" in page
    assert "the deputy after 10 minutes, liaison psychiatry after 20" in page
    assert "Mon to Wed, 08:30 to 17:00" in page
    assert clocks_of(service).out_of_hours == "Ring the site manager."


@pytest.mark.parametrize(
    ("what", "wrong", "said"),
    [
        ("clocks", {"clocks-deputy_after": "soon"}, "Write a number of minutes, like 15."),
        ("clocks", {"clocks-deputy_after": "9000"}, "Write a number of minutes from 1 to 240."),
        ("clocks", {"clocks-act_within": "0"}, "Write a number of minutes from 1 to 240."),
        ("clocks", {"clocks-liaison_after": "5"}, "Liaison is called after the deputy."),
        ("clocks", {"clocks-weekdays": []}, "Choose the days on which alerts are watched."),
        ("clocks", {"clocks-opens_at": "25:00"}, "Write the time like 08:00."),
        ("clocks", {"clocks-out_of_hours": ""}, "Say what staff do outside these hours."),
        ("day", {"day-on": "2026-11-16"}, "This day is past."),
        ("day", {"day-on": "someday"}, "Write the day like 24/11/2026."),
        ("day", {"day-duty": "boss"}, "Choose a duty."),
        ("day", {"day-staff": ""}, "Choose one of the people shown."),
        ("standing", {"standing-staff": ""}, "Choose one of the people shown."),
        ("leave", {"leave-staff": ""}, "Choose one of the people shown."),
        ("standing", {"standing-from_on": "2031-01-01"}, "more than a year ahead"),
        ("leave", {"leave-until_on": "2026-11-16"}, "This day is past."),
    ],
)
def test_what_cannot_be_arranged_is_said_and_what_was_typed_stays(
    client, service, what: str, wrong, said: str
) -> None:
    person = str(holder(service, "owner").pk)
    good = CLOCKS | {
        "day-on": "2026-11-18", "day-duty": "owner", "day-staff": person,
        "standing-from_on": "2026-11-18", "standing-duty": "owner", "standing-staff": person,
        "leave-staff": person, "leave-covered_by": person, "leave-from_on": "2026-11-18",
        "leave-until_on": "2026-11-18",
    }  # fmt: skip
    manager = signed_in(client, "manager", service)
    answered = manager.post(_arrange(service, what), good | wrong)
    page = text_of(answered)
    assert answered.status_code == 422
    assert "There is a problem" in page
    assert said in page
    for value in wrong.values():
        assert what != "clocks" or not value or str(value) in page
    assert not AlertClocks.objects.exists() and not DayCover.objects.exists()


def test_one_person_cannot_be_owner_and_deputy(client, service) -> None:
    manager = signed_in(client, "manager", service)
    deputy = holder(service, "deputy")
    given = {"day-on": A_DAY.isoformat(), "day-duty": "owner", "day-staff": str(deputy.pk)}
    answered = manager.post(_arrange(service, "day"), given)
    assert answered.status_code == 422
    assert "Owner and deputy must be two people." in text_of(answered)


@pytest.mark.parametrize("role", ["nurse", "receptionist", "psychologist", "safety"])
def test_those_who_may_not_arrange_see_cover_without_forms(client, service, role: str) -> None:
    reader = signed_in(client, role, service)
    assert "For one day" not in text_of(reader.get(_page(service)))
    assert reader.post(_arrange(service, "clocks"), CLOCKS).status_code == 403
    assert not AlertClocks.objects.exists()


@pytest.mark.parametrize("role", ["gp", "researcher", "commissioner"])
def test_other_roles_do_not_see_it(client, service, role: str) -> None:
    assert signed_in(client, role, service).get(_page(service)).status_code == 403


def test_another_services_cover_is_not_found(client, service) -> None:
    reader = signed_in(client, "manager", a_service("Dermatology"))
    where, given = _accept(service, "owner")
    for answered in (
        reader.get(_page(service)), reader.post(where, given),
        reader.post(_arrange(service, "clocks"), CLOCKS),
    ):  # fmt: skip
        assert (answered.status_code, answered.content) == (404, b"")


def test_signed_out_it_leads_to_signing_in(client, service) -> None:
    for where in ("/alerts/cover/", _page(service)):
        assert client.get(where)["Location"].startswith("/sign-in/login/")


@pytest.mark.parametrize("role", ["receptionist", "nurse"])
def test_the_clinic_list_says_who_must_accept_before_anyone_is_asked(client, role: str) -> None:
    service = a_service()
    an_appointment(service, at=A_MORNING, is_covered=False)
    page = page_for(client, role, service, "/clinic/")
    assert "This clinic has no owner and no deputy for its alerts today." in page
    assert f'href="{_page(service)}"' in page
    cover(service, on=A_DAY)
    assert "not-covered" not in page_for(Client(), role, service, "/clinic/")


def test_every_service_of_the_reader_stands_on_one_page(client, service) -> None:
    page = page_for(client, "nurse", service, "/alerts/cover/")
    assert _page(service) in page
    assert "not-covered" not in page
