"""Staff: joining, roles, one-time codes, leaving; only at services one sets up (hazard H8)."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from imparts.access.models import Membership, SignInCode, Staff
from imparts.audit.models import AuditEntry
from tests.apps.workspace.given import page_for, signed_in, signed_in_as, text_of
from tests.builders import TODAY, a_service, staff_with

pytestmark = pytest.mark.django_db
CODE = re.compile(r"<code>([A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4})</code>")
JOIN = "/set-up/staff/add/"


def joins(where, **other: object) -> dict[str, object]:
    """A form that is filled in rightly."""
    return {
        "name": "Kit Larkledale", "job_title": "Reception", "username": "Kit.Larkledale",
        "role": "receptionist", "service": where.pk,
    } | other  # fmt: skip


def test_a_colleague_joins_with_a_role_and_a_code_shown_once(client, service) -> None:
    answered = signed_in(client, "admin", service).post(JOIN, joins(service))
    made = Staff.objects.get(username="kit.larkledale")
    assert (made.first_name, made.last_name) == ("Kit", "Larkledale")
    assert made.memberships.get().role == "receptionist"
    code = CODE.search(text_of(answered))[1]
    # shown once: no page shows it again, and it is stored nowhere
    assert not CODE.search(text_of(client.get(reverse("administration:colleague", args=[made.pk]))))
    assert code not in str(list(SignInCode.objects.values()) + list(AuditEntry.objects.values()))


def test_whoever_invites_gives_roles_and_codes_is_in_the_audit(client, service) -> None:
    signed_in(client, "admin", service).post(JOIN, joins(service))
    admin = Staff.objects.get(job_title="Admin").username
    did = set(AuditEntry.objects.filter(who=admin).values_list("did", flat=True))
    assert {"invited staff", "gave role", "gave one-time code"} <= did


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Write their name."),
        ({"job_title": ""}, "Write the job title"),
        ({"username": "a b"}, "letters, digits and"),
        ({"role": "king"}, "Choose what they do here."),
        ({"service": 0}, "Choose the service."),
        ({"name": "x" * 151}, "at most 150 characters"),
        ({"name": "a\0b"}, "Take out the empty character."),
    ],
)
def test_a_form_that_cannot_be_used_says_why(client, service, wrong, said: str) -> None:
    answered = signed_in(client, "admin", service).post(JOIN, joins(service, **wrong))
    assert answered.status_code == 422
    assert said in text_of(answered)
    assert not Staff.objects.filter(last_name="Larkledale").exists()


def test_a_user_name_is_one_persons_in_capitals_too(client, service) -> None:
    staff_with("nurse", service, username="kit.larkledale")
    answered = signed_in(client, "admin", service).post(JOIN, joins(service))
    assert answered.status_code == 422
    assert "Someone signs in with this name already" in text_of(answered)


def test_someone_of_another_service_is_given_a_role_here_by_user_name(client, service) -> None:
    known = staff_with("nurse", a_service("Dermatology", with_content=False), username="known.one")
    answered = signed_in(client, "admin", service).post(
        reverse("administration:join_known"),
        {"username": "Known.One", "role": "nurse", "service": service.pk},
    )
    assert answered["Location"] == reverse("administration:colleague", args=[known.pk])
    assert known.memberships.filter(service=service, role="nurse").exists()


def test_a_role_is_given_at_ones_own_services_only(client, service) -> None:
    there = a_service("Dermatology", with_content=False)
    answered = signed_in(client, "admin", service).post(JOIN, joins(there))
    assert answered.status_code == 422
    assert not Membership.objects.filter(service=there).exists()


def test_staff_of_another_service_are_not_listed_and_not_found(client, service) -> None:
    other = staff_with("nurse", a_service("Dermatology", with_content=False), username="far.away")
    page = page_for(client, "admin", service, "/set-up/staff/")
    assert "far.away" not in page
    for name in ("colleague", "give_role", "new_code", "leave", "come_back"):
        address = reverse(f"administration:{name}", args=[other.pk])
        assert client.post(address).status_code == 404
    ended = reverse("administration:end_role", args=[other.memberships.get().pk])
    assert client.post(ended).status_code == 404


def test_a_role_ends_now_and_can_be_given_again_today(client, service) -> None:
    nurse = staff_with("nurse", service)
    held = nurse.memberships.get()
    reader = signed_in(client, "admin", service)
    reader.post(reverse("administration:end_role", args=[held.pk]))
    held.refresh_from_db()
    assert held.until_on == TODAY - timedelta(days=1)
    again = {"role": "nurse", "service": service.pk}
    for _ in range(2):  # ended and given again on the same day
        reader.post(reverse("administration:give_role", args=[nurse.pk]), again)
        newest = nurse.memberships.order_by("-from_on").first()
        assert (newest.from_on, newest.until_on) == (TODAY, None)
        reader.post(reverse("administration:end_role", args=[newest.pk]))


def test_nobody_gives_themself_a_role_or_ends_their_own_administrator_role(client, service) -> None:
    admin = staff_with("admin", service)
    signed_in_as(client, admin)
    page = text_of(client.get(reverse("administration:colleague", args=[admin.pk])))
    assert "This is you." in page
    client.post(
        reverse("administration:give_role", args=[admin.pk]),
        {"role": "nurse", "service": service.pk},
    )
    client.post(reverse("administration:end_role", args=[admin.memberships.get().pk]))
    client.post(reverse("administration:leave", args=[admin.pk]))
    client.post(reverse("administration:new_code", args=[admin.pk]))
    admin.refresh_from_db()
    assert admin.is_active
    assert [(m.role, m.until_on) for m in admin.memberships.all()] == [("admin", None)]
    assert not SignInCode.objects.exists()


def test_someone_who_also_works_elsewhere_is_not_taken_off_here(client, service) -> None:
    there = a_service("Dermatology", with_content=False)
    shared = staff_with("nurse", service)
    Membership.objects.create(staff=shared, service=there, role="nurse", from_on=date(2020, 1, 1))
    reader = signed_in(client, "admin", service)
    page = text_of(reader.get(reverse("administration:colleague", args=[shared.pk])))
    assert "They also work at services that you do not set up" in page
    for name in ("leave", "new_code"):
        reader.post(reverse(f"administration:{name}", args=[shared.pk]))
    shared.refresh_from_db()
    assert shared.is_active
    assert not SignInCode.objects.exists()


def test_leaving_ends_sign_in_pin_and_roles_at_once_and_can_be_undone(client, service) -> None:
    nurse = staff_with("nurse", service, pin="246810")
    nurse.set_password("three plain words")
    nurse.save()
    theirs = signed_in_as(type(client)(), nurse)
    assert theirs.get("/clinic/").status_code == 200
    reader = signed_in(client, "admin", service)
    reader.post(reverse("administration:leave", args=[nurse.pk]))
    assert theirs.get("/clinic/")["Location"].startswith("/sign-in/")
    nurse.refresh_from_db()
    assert (nurse.is_active, nurse.pin_hash) == (False, "")
    assert nurse.memberships.get().until_on == TODAY - timedelta(days=1)
    reader.post(reverse("administration:come_back", args=[nurse.pk]))
    nurse.refresh_from_db()
    assert nurse.is_active
    assert not nurse.has_usable_password()


def test_a_joiner_and_a_leaver_take_three_clicks(client, service) -> None:
    """Staff, Add a colleague, Add; and Staff, the person, Has left."""
    nurse = staff_with("nurse", service)
    page = page_for(client, "admin", service, "/set-up/staff/")
    assert f'href="{JOIN}"' in page
    person = reverse("administration:colleague", args=[nurse.pk])
    assert f'href="{person}"' in page
    assert reverse("administration:leave", args=[nurse.pk]) in text_of(client.get(person))


def test_name_and_job_title_can_be_put_right(client, service) -> None:
    nurse = staff_with("nurse", service)
    signed_in(client, "admin", service).post(
        reverse("administration:colleague", args=[nurse.pk]),
        {"name": "Jo Pebbleford-Testley", "job_title": "Sister"},
    )
    nurse.refresh_from_db()
    assert (nurse.first_name, nurse.last_name, nurse.job_title) == (
        "Jo", "Pebbleford-Testley", "Sister",
    )  # fmt: skip


def test_the_page_says_that_signing_takes_two(client, service) -> None:
    page = page_for(client, "admin", service, "/set-up/staff/")
    assert "One administrator is enough. Signing is not" in page
