"""Bookings by hand: known people are found before a second record is made (hazard H2)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from imparts.audit.models import AuditEntry
from imparts.informatics.clinics.models import Appointment
from imparts.people import actions as people
from imparts.people.models import CareRelationship, Patient
from tests.apps.workspace.given import A_MORNING, page_for, signed_in, text_of
from tests.builders import a_patient, a_service, an_appointment

pytestmark = pytest.mark.django_db
NUMBER = "9990000018"  # of the test range, which only the demonstration takes for a real person


@pytest.fixture
def session():
    """This morning's clinic, with nobody in it but Leonard."""
    service = a_service(with_content=False)
    leonard = a_patient("Leonard", "Marrowby", date(1950, 2, 3))
    return an_appointment(service, leonard, at=A_MORNING).session


def types(**other: object) -> dict[str, object]:
    """Amara as her letter says it."""
    return {
        "family_name": "Thimblewick", "given_name": "Amara", "born_on": "14/03/1961", "kind": "nhs",
        "number": "", "at": "10:15",
    } | other  # fmt: skip


def desk(client, session):
    """The receptionist's browser, and the address of the clinic's bookings."""
    reader = signed_in(client, "receptionist", session.service)
    return reader, reverse("administration:booking", args=[session.pk])


def test_a_walk_in_is_registered_and_booked_in_one_step(client, session, settings) -> None:
    settings.IMPARTS_DEMO = True
    reader, address = desk(client, session)
    assert reader.post(address, types(number="999 000 0018"))["Location"] == address
    amara = Patient.objects.get(family_name="Thimblewick")
    assert not amara.is_test
    number = amara.identifiers.get()
    assert (number.scheme, number.value, number.verified_at) == ("nhs", NUMBER, None)
    assert f"{Appointment.objects.get(patient=amara).at:%H:%M}" == "10:15"
    assert CareRelationship.objects.filter(patient=amara, service=session.service).exists()
    page = text_of(reader.get(address))
    assert "<b>THIMBLEWICK</b>, Amara" in page
    assert "Amara Thimblewick is booked at 10:15." in page


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"family_name": "THIMBLEWICK", "given_name": "amara"},
        {"given_name": "A."},
        {"family_name": "Amara", "given_name": "Thimblewick"},
        {"family_name": "Smith", "given_name": "Amara"},
    ],
)
def test_someone_known_to_another_clinic_is_shown_before_a_record_is_made(
    client, session, typed: dict[str, object]
) -> None:
    known = a_patient()
    reader, address = desk(client, session)
    answered = reader.post(address, types(**typed))
    assert "Is it one of these?" in text_of(answered)
    assert str(known.pk) in text_of(answered)
    assert Patient.objects.count() == 2
    noted = AuditEntry.objects.get(did="looked up at the desk")
    assert noted.patient == known.pk


def test_the_known_person_is_booked_and_no_second_record_is_made(client, session) -> None:
    known = a_patient()
    reader, address = desk(client, session)
    reader.post(address, types() | {"is": f"one:{known.pk}"})
    assert Patient.objects.count() == 2
    assert Appointment.objects.filter(patient=known, session=session).exists()


def test_none_of_these_makes_a_new_record(client, session) -> None:
    a_patient()
    reader, address = desk(client, session)
    reader.post(address, types() | {"is": "none"})
    assert Patient.objects.filter(family_name="Thimblewick").count() == 2


def test_only_a_record_that_was_shown_can_be_chosen(client, session) -> None:
    stranger = a_patient("Somebody", "Else", date(1980, 1, 1))
    reader, address = desk(client, session)
    for chosen in (stranger.pk, "x"):
        assert reader.post(address, types() | {"is": f"one:{chosen}"}).status_code == 404
    assert not Appointment.objects.filter(patient=stranger).exists()


def test_a_number_that_somebody_has_leads_to_them_whatever_the_name(
    client, session, settings
) -> None:
    settings.IMPARTS_DEMO = True
    known = a_patient("Somebody", "Else", date(1980, 1, 1))
    people.add_identifier(patient=known, scheme="nhs", value=NUMBER, by="test", at=A_MORNING)
    reader, address = desk(client, session)
    page = text_of(reader.post(address, types(number=NUMBER)))
    assert "the very number that you typed" in page
    answered = reader.post(address, types(number=NUMBER) | {"is": "none"})
    assert answered.status_code == 422
    assert "Another record has this number already." in text_of(answered)
    assert Patient.objects.count() == 2


def test_a_merged_record_leads_to_the_one_it_became(client, session) -> None:
    old, kept = a_patient(), a_patient("Amara", "Married")
    people.merge(loser=old, survivor=kept, by="test", at=A_MORNING, why="one person")
    reader, address = desk(client, session)
    page = text_of(reader.post(address, types()))
    assert str(kept.pk) in page
    assert str(old.pk) not in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"family_name": ""}, "Write the family name."),
        ({"born_on": "long ago"}, "Write the birth date like 14/03/1961."),
        ({"born_on": "18/11/2026"}, "This birth date lies ahead."),
        ({"born_on": "14/03/1861"}, "too long ago"),
        ({"number": "123"}, "An NHS number has 10 digits."),
        ({"number": "9990000019"}, "its last digit does not fit"),
        ({"number": "9990000018"}, "for tests only"),
        ({"kind": "chi", "number": "9999999999"}, "This is not a CHI number"),
        ({"kind": "other"}, "Choose which number it is."),
        ({"at": "teatime"}, "Write the time like 10:15."),
        ({"given_name": "a\0b"}, "Take out the empty character."),
    ],
)
def test_a_form_that_cannot_be_used_says_why_and_books_nobody(
    client, session, wrong, said: str
) -> None:
    reader, address = desk(client, session)
    answered = reader.post(address, types(**wrong))
    assert answered.status_code == 422
    assert said in text_of(answered)
    assert Patient.objects.count() == 1


def test_nobody_is_twice_on_the_list_of_one_clinic(client, session) -> None:
    known = a_patient()
    reader, address = desk(client, session)
    chosen = types() | {"is": f"one:{known.pk}"}
    reader.post(address, chosen)
    answered = reader.post(address, chosen)
    assert answered.status_code == 422
    assert "on the list of this clinic already" in text_of(answered)
    assert Appointment.objects.filter(patient=known).count() == 1


def test_someone_is_taken_off_with_a_reason_before_they_are_here(client, session) -> None:
    reader, address = desk(client, session)
    appointment = Appointment.objects.get()
    off = reverse("administration:take_off", args=[appointment.pk])
    assert reader.post(off).status_code == 400
    reader.post(off, {"why": "cancelled by patient"})
    last = appointment.moves.order_by("-id").first()
    assert (last.state, last.why) == ("cancelled", "cancelled by patient")
    page = text_of(reader.get(address))
    assert "MARROWBY" not in page
    assert "Nobody is booked for this clinic yet." in page


def test_whoever_is_here_is_not_taken_off(client, session) -> None:
    reader, _ = desk(client, session)
    appointment = Appointment.objects.get()
    reader.post(reverse("workspace:arrived", args=[appointment.pk]))
    off = reverse("administration:take_off", args=[appointment.pk])
    page = text_of(reader.post(off, {"why": "booked by mistake"}, follow=True))
    assert "cannot become" in page
    assert appointment.moves.order_by("-id").first().state == "arrived"


def test_nobody_is_booked_for_a_clinic_that_is_past(client, session) -> None:
    past = an_appointment(session.service, at=A_MORNING - timedelta(days=1)).session
    reader, _ = desk(client, session)
    answered = reader.post(
        reverse("administration:booking", args=[past.pk]), types(family_name="New")
    )
    assert answered.status_code == 400
    assert "This clinic is past" in text_of(answered)


def test_the_form_begins_with_a_free_time_and_the_nations_number(client) -> None:
    from tests.builders import an_organisation

    scottish = a_service(
        organisation=an_organisation("NHS Somewhere", nation="scotland"), with_content=False
    )
    session = an_appointment(scottish, at=A_MORNING).session
    page = page_for(
        client, "receptionist", scottish, reverse("administration:booking", args=[session.pk])
    )
    assert '<option value="chi" selected>' in page
    assert 'value="09:35"' in page


def test_nothing_about_a_person_stands_in_an_address(client, session) -> None:
    a_patient()
    reader, address = desk(client, session)
    page = text_of(reader.post(address, types()))
    assert "?" not in "".join(part.split('"')[0] for part in page.split('href="')[1:])
    assert f'action="{address}"' in page


def test_another_services_clinic_is_not_found_and_a_manager_books_nobody(client, session) -> None:
    other = an_appointment(a_service("Dermatology", with_content=False), at=A_MORNING)
    reader, _ = desk(client, session)
    assert reader.get(reverse("administration:booking", args=[other.session_id])).status_code == 404
    off = reverse("administration:take_off", args=[other.pk])
    assert reader.post(off, {"why": "booked by mistake"}).status_code == 404
    assert "/bookings/" in text_of(reader.get("/clinic/"))
    page = page_for(type(client)(), "manager", session.service, "/clinic/")
    assert "/bookings/" not in page


def test_the_list_of_clinics_counts_and_leads_on(client, session) -> None:
    page = page_for(client, "receptionist", session.service, "/bookings/")
    assert reverse("administration:booking", args=[session.pk]) in page
    assert "1 patient" in page
