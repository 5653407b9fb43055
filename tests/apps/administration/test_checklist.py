"""The checklist: each step's state follows from what is there, and is never ticked by hand."""

import re
from datetime import time, timedelta

import pytest
from django.urls import reverse

from imparts.access import actions as access
from imparts.informatics.clinics import actions as clinics
from imparts.library import actions as library
from imparts.library.models import ContentVersion
from imparts.people import actions as people
from tests.apps.workspace.given import A_MORNING, page_for, signed_in, signed_in_as, text_of
from tests.builders import (
    TODAY,
    a_hand_over,
    a_service,
    a_tablet,
    an_appointment,
    answer_everything,
    cover,
    put_content_in_force,
    staff_with,
)

pytestmark = pytest.mark.django_db
CHECKLIST = "/set-up/"


def states(page: str) -> dict[str, str]:
    """Each step's state by its title."""
    found = re.findall(
        r'<li class="(\w+)">.*?<span class="what"><b>(.*?)</b>', page, flags=re.DOTALL
    )
    return {title: state for state, title in found}


@pytest.fixture
def empty_service():
    """A service right after `imparts setup`: loaded content, and nothing else."""
    library.load_shipped(at=A_MORNING)
    return a_service(with_content=False)


def test_a_new_site_has_one_step_done_and_says_the_next_in_a_sentence(
    client, empty_service
) -> None:
    page = page_for(client, "admin", empty_service, CHECKLIST)
    found = states(page)
    assert len(found) == 12
    assert [title for title, state in found.items() if state == "done"] == [
        "Organisation and service"
    ]
    assert found["Colleagues"] == "next"
    assert "Next: Add a receptionist or nurse who hands over the tablet" in page


def test_an_administrator_begins_here(client, empty_service) -> None:
    assert signed_in(client, "admin", empty_service).get("/")["Location"] == CHECKLIST


def test_colleagues_are_there_when_they_can_sign_in(client, empty_service) -> None:
    made = [staff_with(role, empty_service) for role in ("receptionist", "nurse")]
    page = page_for(client, "admin", empty_service, CHECKLIST)
    assert states(page)["Colleagues"] == "next"
    assert "Waiting for a first sign-in" in page
    for staff in made:
        code = access.give_code(staff=staff, by="admin", at=A_MORNING)
        access.choose_password(
            username=staff.username, code=code, password="three plain words", at=A_MORNING
        )
    assert states(text_of(client.get(CHECKLIST)))["Colleagues"] == "done"


def test_someone_must_sign_and_someone_else_compose(client, empty_service) -> None:
    signed_in(client, "admin", empty_service)
    title = "One who signs, another who composes"
    assert states(text_of(client.get(CHECKLIST)))[title] == "waits"
    staff_with("consultant", empty_service)
    assert states(text_of(client.get(CHECKLIST)))[title] == "done"


def test_content_is_done_when_it_is_signed_and_in_force(client, empty_service, settings) -> None:
    settings.IMPARTS_DEMO = True  # stands in for signatures: what waits for them is offered
    signed_in(client, "admin", empty_service)
    before = states(text_of(client.get(CHECKLIST)))
    assert before["Texts for patients"] == "done"
    assert before["Questionnaires and pack"] == before["Pathways"] == "waits"
    put_content_in_force(empty_service)
    after = text_of(client.get(CHECKLIST))
    assert states(after)["Questionnaires and pack"] == states(after)["Pathways"] == "done"
    assert "asks 6 questionnaires" in after


def test_outside_the_demonstration_unsigned_texts_are_not_done(client, empty_service) -> None:
    page = page_for(client, "admin", empty_service, CHECKLIST)
    assert states(page)["Texts for patients"] == "waits"


def test_an_administrator_is_sent_to_no_page_that_refuses_them(client, empty_service) -> None:
    page = page_for(client, "admin", empty_service, CHECKLIST)
    addresses = set(re.findall(r'class="do"><a [^>]*?href="([^"]+)"', page))
    assert reverse("authoring:signing") not in addresses
    assert {client.get(each).status_code for each in addresses} == {200}


def test_a_tablet_counts_when_a_device_is_bound_to_it(client, empty_service) -> None:
    tablet = a_tablet(empty_service)
    signed_in(client, "admin", empty_service)
    assert states(text_of(client.get(CHECKLIST)))["Tablet"] == "waits"
    access.bind_tablet(tablet=tablet, by="test", at=A_MORNING)
    assert states(text_of(client.get(CHECKLIST)))["Tablet"] == "done"


def test_yesterdays_clinic_is_no_clinic_today(client, empty_service) -> None:
    signed_in(client, "admin", empty_service)
    for day, state in ((TODAY - timedelta(days=1), "waits"), (TODAY, "done")):
        clinics.plan_session(
            service=empty_service, held_on=day, part="morning", starts_at=time(9), by="test",
            at=A_MORNING,
        )  # fmt: skip
        assert states(text_of(client.get(CHECKLIST)))["A clinic today"] == state


def test_the_first_answers_of_a_test_patient_finish_the_list(client, settings) -> None:
    settings.IMPARTS_DEMO = True
    service = a_service()
    patient = people.register_test_patient(by="test", at=A_MORNING)
    hand_over = a_hand_over(an_appointment(service, patient, at=A_MORNING), at=A_MORNING)
    page = page_for(client, "admin", service, CHECKLIST)
    assert states(page)["A test patient"] == "done"
    assert states(page)["The first answers"] == "waits"
    answer_everything(hand_over, at=A_MORNING)
    _send(hand_over)
    page = text_of(client.get(CHECKLIST))
    assert states(page)["The first answers"] == "done"
    assert "Nothing of them goes to the hospital record." in page


def test_who_answers_for_alerts_is_done_when_both_have_accepted_for_today(
    client, empty_service
) -> None:
    page = page_for(client, "admin", empty_service, CHECKLIST)
    assert states(page)["Who answers for alerts"] == "waits"
    assert "This clinic has no owner and no deputy for its alerts today." in page
    assert f"/alerts/cover/{empty_service.pk}/" in page
    cover(empty_service, on=A_MORNING.date())
    assert states(text_of(client.get(CHECKLIST)))["Who answers for alerts"] == "done"


def _send(hand_over) -> None:
    from uuid import uuid4

    from imparts.informatics.questionnaires.actions import sending

    assert sending.submit(hand_over=hand_over, submission_id=uuid4(), at=A_MORNING)


def test_another_administrators_service_is_not_found(client, empty_service) -> None:
    other = a_service("Dermatology", with_content=False)
    reader = signed_in(client, "admin", empty_service)
    assert reader.get(CHECKLIST, {"service": other.pk}).status_code == 404
    assert reader.get(CHECKLIST, {"service": "x"}).status_code == 404


def test_of_several_services_one_is_shown_and_the_others_can_be_chosen(client) -> None:
    library.load_shipped(at=A_MORNING)
    first, second = a_service(with_content=False), a_service("Dermatology", with_content=False)
    admin = staff_with("admin", first)
    access.give_role(
        staff=admin, service=second, role="admin", from_on=TODAY, by="test", at=A_MORNING
    )
    signed_in_as(client, admin)
    page = text_of(client.get(CHECKLIST, {"service": first.pk}))
    assert f'href="?service={second.pk}"' in page
    assert ContentVersion.objects.exists()


def test_without_the_pathway_for_self_harm_the_others_are_not_enough(
    client, empty_service, settings
) -> None:
    settings.IMPARTS_DEMO = True
    signed_in(client, "admin", empty_service)
    for key in ("pain", "risk_of_self_harm"):
        pathway = ContentVersion.objects.get(kind="pathway", key=key)
        library.put_in_force(
            service=empty_service, content=pathway, from_on=TODAY, by="test", at=A_MORNING
        )
        page = text_of(client.get(CHECKLIST))
        missing = "When the patient reports thoughts of death or self-harm”. Have it signed by"
        is_done = key == "risk_of_self_harm"
        assert "Followed here: Severe pain" in page
        assert (missing not in page) == is_done
        assert (states(page)["Pathways"] == "done") == is_done
