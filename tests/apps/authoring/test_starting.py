"""Starting: today or later, at chosen services, taken back in time, never without a signature."""

from datetime import timedelta

import pytest

from imparts.authoring.actions.starting import start_at, take_back
from imparts.authoring.queries import starting
from imparts.library.actions import NotReady, NotSigned, withdraw
from imparts.library.models import ContentVersion, InForce
from imparts.library.queries import in_force, pack_in_force, pathways_in_force
from tests.apps.authoring.composed import (
    ON_A_MORNING,
    TOMORROW,
    a_draft,
    browser_of,
    handed_in,
    sign,
    sign_what_is_shipped,
    text_of,
)
from tests.builders import (
    NOON,
    TODAY,
    a_hand_over,
    a_service,
    an_appointment,
    sitting,
    staff_with,
)

pytestmark = ON_A_MORNING


@pytest.fixture
def signed(service) -> ContentVersion:
    """A pack of our own, signed, with all that it needs."""
    sign_what_is_shipped()
    made = handed_in(a_draft(service))
    sign(made)
    return made


def shipped(key: str, kind: str = "pack") -> ContentVersion:
    return ContentVersion.objects.get(kind=kind, key=key)


def put(browser, content: ContentVersion, on: str, *services) -> object:
    given = {"from_on": on, "services": [one.pk for one in services]}
    return browser.post(f"/library/versions/{content.pk}/start/", given)


def test_from_today_the_service_asks_the_new_pack(service, manager, signed) -> None:
    assert put(manager, signed, "17/11/2026", service).status_code == 302
    assert pack_in_force(service.pk, on=TODAY)[0] == signed
    page = text_of(manager.get(f"/library/versions/{signed.pk}/"))
    assert "In force from 17 November 2026" in page and "since 17 November 2026" in page


def test_from_a_later_day_what_is_asked_today_stays(service, manager, signed) -> None:
    put(manager, shipped("rheumatology_outpatient"), "17/11/2026", service)
    put(manager, signed, "18/11/2026", service)
    assert pack_in_force(service.pk, on=TODAY)[0].key == "rheumatology_outpatient"
    assert pack_in_force(service.pk, on=TOMORROW)[0] == signed
    assert "from 18 Nov 2026" in text_of(manager.get("/library/packs/"))


def test_what_nobody_has_signed_is_refused_with_a_sentence(service, manager) -> None:
    sign_what_is_shipped()
    made = handed_in(a_draft(service))
    answer = put(manager, made, "17/11/2026", service)
    assert answer.status_code == 422 and "has not been checked by a clinician" in text_of(answer)
    assert not InForce.objects.exists()


def test_a_pack_does_not_start_while_an_instrument_of_it_is_unsigned(service, manager) -> None:
    made = handed_in(a_draft(service))
    sign(made)
    sign(shipped("england", "patient_text"))
    with pytest.raises(NotSigned):
        start_at(services=[service], content=made, from_on=TODAY, by="manager.one", at=NOON)
    assert put(manager, made, "17/11/2026", service).status_code == 422


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("16/11/2026", "This day is in the past."),
        ("someday", "Write the day like 24/11/2026."),
        ("", "Write the day like 24/11/2026."),
        ("31/02/2027", "Write the day like 24/11/2026."),
    ],
)
def test_a_day_that_cannot_be_is_a_sentence(service, manager, signed, on: str, said: str) -> None:
    answer = put(manager, signed, on, service)
    assert answer.status_code == 422 and said in text_of(answer)
    assert not InForce.objects.exists()


def test_only_ones_own_services_can_be_chosen(service, manager, signed) -> None:
    theirs = a_service("Dermatology", with_content=False)
    assert str(theirs) not in text_of(manager.get(f"/library/versions/{signed.pk}/start/"))
    assert put(manager, signed, "17/11/2026", theirs).status_code == 422
    assert put(manager, signed, "17/11/2026").status_code == 422
    assert not InForce.objects.exists()


def test_of_several_services_either_all_start_or_none(service, signed) -> None:
    scottish = a_service("Dermatology", with_content=False)
    scottish.organisation.nation = "scotland"
    scottish.organisation.save()
    texts = shipped("scotland", "patient_text")
    withdraw(content=texts, why="A number has changed.", by="safety.one", at=NOON)
    with pytest.raises(NotReady):
        start_at(
            services=[service, scottish], content=signed, from_on=TODAY, by="admin.one", at=NOON
        )
    assert not InForce.objects.exists()


def test_who_is_answering_goes_on_with_the_version_they_began_with(
    service, manager, signed
) -> None:
    put(manager, shipped("rheumatology_outpatient"), "17/11/2026", service)
    hand_over = a_hand_over(an_appointment(service))
    put(manager, signed, "17/11/2026", service)
    assert sitting(hand_over).pack.id == "rheumatology_outpatient"
    assert "goes on with the version that they began with" in text_of(
        manager.get(f"/library/versions/{signed.pk}/start/")
    )
    assert sitting(a_hand_over(an_appointment(service))).pack.id == signed.key


def test_before_its_day_it_is_taken_back_and_the_history_shows_both(
    service, manager, signed
) -> None:
    put(manager, shipped("rheumatology_outpatient"), "17/11/2026", service)
    put(manager, signed, "18/11/2026", service)
    row = InForce.objects.get(content=signed)
    answer = manager.post(f"/library/in-force/{row.pk}/take-back/")
    assert answer["Location"] == f"/library/services/{service.pk}/"
    assert pack_in_force(service.pk, on=TOMORROW)[0].key == "rheumatology_outpatient"
    page = text_of(manager.get(answer["Location"]))
    assert "replaced by a later choice for the same day" in page
    assert InForce.objects.filter(content=signed).exists(), "nothing is deleted"


def test_what_has_begun_or_has_nothing_before_it_is_not_taken_back(service, signed) -> None:
    first = start_at(services=[service], content=signed, from_on=TOMORROW, by="x", at=NOON)[0]
    with pytest.raises(NotReady, match="nothing to go back to"):
        take_back(row=first, on=TODAY, by="x", at=NOON)
    with pytest.raises(NotReady, match="This has begun"):
        take_back(row=first, on=TOMORROW, by="x", at=NOON)


def test_another_service_takes_the_same_signed_pathway(service, manager) -> None:
    sign_what_is_shipped()
    pathway = shipped("pain", "pathway")
    assert put(manager, pathway, "17/11/2026", service).status_code == 302
    assert [one.id for one in pathways_in_force(service.pk, on=TODAY)] == ["pain"]
    page = text_of(manager.get(f"/library/versions/{pathway.pk}/start/"))
    assert "Severe pain, version" in page


def test_taking_back_a_pathway_leaves_the_others_alone(service) -> None:
    sign_what_is_shipped()
    pain, smoking = shipped("pain", "pathway"), shipped("smoking", "pathway")
    for content in (pain, smoking):
        start_at(services=[service], content=content, from_on=TODAY, by="x", at=NOON)
    again = start_at(services=[service], content=pain, from_on=TOMORROW, by="x", at=NOON)[0]
    assert starting.in_force_without(again) == pain
    assert set(in_force("pathway", service.pk, on=TODAY)) == {pain, smoking}


def test_only_packs_and_pathways_are_started(manager) -> None:
    phq9 = shipped("phq9", "instrument")
    assert manager.get(f"/library/versions/{phq9.pk}/start/").status_code == 404


def test_a_nurse_reads_the_history_and_changes_nothing(service, manager, signed) -> None:
    put(manager, shipped("rheumatology_outpatient"), "17/11/2026", service)
    put(manager, signed, "18/11/2026", service)
    row = InForce.objects.get(content=signed)
    nurse = browser_of(staff_with("nurse", service))
    page = text_of(nurse.get(f"/library/services/{service.pk}/"))
    assert "to come" in page and "in force" in page and "Take back" not in page
    assert nurse.post(f"/library/in-force/{row.pk}/take-back/").status_code == 403
    assert nurse.get(f"/library/versions/{signed.pk}/start/").status_code == 403


def test_another_services_row_is_not_found(service, manager, signed) -> None:
    theirs = a_service("Dermatology", with_content=False)
    row = start_at(
        services=[theirs], content=signed, from_on=TODAY + timedelta(days=3), by="x", at=NOON
    )[0]
    assert manager.post(f"/library/in-force/{row.pk}/take-back/").status_code == 404
