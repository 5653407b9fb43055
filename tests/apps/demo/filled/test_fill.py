"""The stored trust: organisations, staff, people and their two years."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model

from imparts.access.actions import PinRefused, unlock
from imparts.access.models import Membership, Tablet
from imparts.demo import fill
from imparts.demo.named.edge_cases import EDGE_CASES
from imparts.demo.story import BESIDE_THEM, EVERYONE_NAMED, STORIES, named
from imparts.informatics.questionnaires.models import Invitation, Response
from imparts.informatics.results.models import ResponseScore
from imparts.organisations import queries as organisations
from imparts.organisations.models import Organisation, Service
from imparts.pathways.models import AlertEvent
from imparts.people.models import Identifier, Patient
from imparts.rules.identifiers import nhs_number
from tests.apps.demo.filled.conftest import MORNING, PEOPLE

pytestmark = pytest.mark.usefixtures("trust")
STAFF = (
    "reception.rheum", "nurse.rheum", "consultant.rheum", "reception.derm", "consultant.derm",
    "liaison", "psychologist", "coordinator", "gp", "manager", "commissioner", "trainer",
    "researcher", "governance", "integrator", "admin", "privacy", "safety",
)  # fmt: skip


def test_the_trust_is_filled_once_it_is_there() -> None:
    assert fill.is_filled()


def test_all_people_are_there() -> None:
    assert Patient.objects.count() == PEOPLE


def test_thirteen_services_ask_in_two_trusts() -> None:
    asking = Service.objects.filter(content_in_force__kind="pack").distinct()
    assert asking.count() == 13
    assert {service.organisation.code for service in asking} == {"DEMO-FERN", "DEMO-TARN"}


def test_a_closed_hospital_leads_to_its_successor() -> None:
    closed = Organisation.objects.get(code="DEMO-MARL")
    assert closed.closed_on == date(2019, 4, 1)
    assert organisations.successor_of(closed, on=MORNING.date()).code == "DEMO-FERN"


def test_organisations_of_four_nations_are_there_and_all_are_marked_as_invented() -> None:
    assert set(Organisation.objects.values_list("nation", flat=True)) == {
        "england", "scotland", "wales", "northern_ireland",
    }  # fmt: skip
    assert all(o.code.startswith("DEMO-") for o in Organisation.objects.all())


def test_everyone_who_can_be_picked_is_there() -> None:
    assert set(STAFF) <= set(get_user_model().objects.values_list("username", flat=True))
    assert Tablet.objects.get(username="tablet.rheum").name == "Tablet 4"


def test_the_manager_belongs_to_rheumatology_and_liaison_to_the_first_trust() -> None:
    held = Membership.objects.filter(staff__username="manager")
    assert [m.service.code for m in held] == ["rheumatology"]
    liaison = Membership.objects.filter(staff__username="liaison").values_list(
        "service__code", flat=True
    )
    assert "heart-failure" in liaison
    assert "dermatology" not in liaison


def test_the_demonstrations_pin_unlocks_the_tablet_of_the_same_service(undone: None) -> None:
    tablet = Tablet.objects.get(username="tablet.rheum")
    staff = unlock(tablet=tablet, pin="2468", on=MORNING.date(), at=MORNING)
    assert staff.username.endswith(".rheum")
    with pytest.raises(PinRefused):
        unlock(tablet=tablet, pin="1357", on=MORNING.date(), at=MORNING)


def test_only_numbers_of_the_test_range_are_stored() -> None:
    numbers = list(Identifier.objects.filter(scheme="nhs").values_list("value", flat=True))
    assert len(numbers) > 0.9 * PEOPLE - len(EDGE_CASES)
    for number in numbers:
        assert number.startswith("999")
        assert nhs_number.problem_with(number, allow_test_range=True) is None
    assert set(Identifier.objects.values_list("scheme", flat=True)) == {"nhs", "hospital"}


def test_some_people_have_no_nhs_number() -> None:
    without = Patient.objects.exclude(identifiers__scheme="nhs").distinct()
    assert named_id("oluchi-tumblefold") in set(without.values_list("pk", flat=True))


def named_id(slug: str) -> object:
    """The id of an edge case."""
    return next(each.id for each in EDGE_CASES if each.slug == slug)


def test_story_patients_have_ids_that_never_change() -> None:
    assert len(STORIES) == 10
    assert str(named("amara-thimblewick").id) == "819e971d-b0a5-5388-af1a-acd7f7dbce01"
    assert str(named("sam-pemberton").id) == "46a4d7ce-ef63-5a15-a83e-c7a8b8761427"
    assert Patient.objects.filter(pk__in=[n.id for n in STORIES + BESIDE_THEM]).count() == 17


def test_each_story_is_told_in_a_sentence() -> None:
    for each in (*EVERYONE_NAMED, *EDGE_CASES):
        assert each.story.endswith("."), each.slug
        assert nhs_number.problem_with(each.nhs_number, allow_test_range=True) is None or (
            each.nhs_number == ""
        )


def test_amara_was_asked_six_times_and_one_of_her_scores_is_an_estimate() -> None:
    scores = ResponseScore.objects.filter(
        patient_id=named("amara-thimblewick").id, instrument="phq9",
        completed_at__date__lt=MORNING.date(),
    ).order_by("completed_at")  # fmt: skip
    assert [int(row.score) for row in scores] == [17, 16, 12, 8, 7, 6]
    assert [row.status for row in scores].index("prorated") == 3
    assert (scores[3].lower, scores[3].upper) == (6, 12)


def test_a_merged_record_leads_to_the_one_that_stays() -> None:
    merged = Patient.objects.get(pk=named_id("hephzibah-quillfold-again"))
    assert merged.merged_into_id == named_id("hephzibah-quillfold")


def test_someone_under_eighteen_was_not_asked_phq9() -> None:
    asked = Response.objects.filter(patient_id=named_id("jago-cloverdyke"))
    assert {row.instrument for row in asked} == {"gad7", "smoking_core"}


def test_a_low_sum_with_item_nine_has_an_alert() -> None:
    score = ResponseScore.objects.get(patient_id=named_id("merlene-copperholt"), instrument="phq9")
    assert score.score == 3
    assert "phq9_item9_positive" in score.flags
    assert AlertEvent.objects.filter(
        alert__patient_id=named_id("merlene-copperholt"), name="closed"
    ).exists()


def test_a_name_of_more_than_sixty_letters_is_stored_whole() -> None:
    patient = Patient.objects.get(pk=named_id("thor-and-more"))
    assert len(patient.family_name) > 60


def test_answers_in_the_night_of_the_clock_change_took_minutes() -> None:
    sitting = Invitation.objects.get(patient_id=named_id("clement-tinderwick"))
    assert sitting.started_at.isoformat() == "2026-10-25T00:57:00+00:00"
    assert 0 < (sitting.submitted_at - sitting.started_at).total_seconds() < 900


def test_the_same_measure_was_answered_at_two_trusts_three_days_apart() -> None:
    answered = Response.objects.filter(
        patient_id=named_id("viktor-teaselby"), instrument="phq9"
    ).order_by("completed_at")
    assert [row.service.organisation.code for row in answered] == ["DEMO-TARN", "DEMO-FERN"]
    assert (answered[1].completed_at.date() - answered[0].completed_at.date()).days == 3


def test_every_sent_sitting_has_what_a_live_one_has() -> None:
    sent = Invitation.objects.filter(submitted_at__lt=MORNING.replace(hour=0))
    assert sent.count() > PEOPLE / 2
    for sitting in sent[:50]:
        responses = sitting.responses.order_by("place")
        assert [row.place for row in responses] == list(range(1, len(responses) + 1))
        assert ResponseScore.objects.filter(sitting=sitting.pk).count() == len(responses)
        assert {row.instrument for row in responses} <= set(sitting.instruments)


def test_the_past_owes_the_record_nothing() -> None:
    from imparts.outbox.models import Message

    old = ResponseScore.objects.filter(
        completed_at__lt=MORNING.replace(hour=0), sitting__isnull=False
    )
    today = Invitation.objects.filter(appointment__session__held_on=MORNING.date())
    past = old.exclude(sitting__in=today.values("pk")).values("response")
    assert not Message.objects.filter(about__in=past).exists()
