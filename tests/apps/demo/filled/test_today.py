"""Today's clinics: in full swing at any hour, nothing in the future, once a day."""

from datetime import datetime, timedelta

import pytest

from imparts.demo import fill
from imparts.demo.day.playing import clinics_to_play
from imparts.demo.story import named
from imparts.informatics.clinics.models import Appointment, AppointmentMove, ClinicSession
from imparts.informatics.clinics.queries import appointments_of, sessions_on
from imparts.informatics.questionnaires.models import (
    AnswerGiven,
    HandOver,
    Invitation,
    OfferOutcome,
)
from imparts.informatics.questionnaires.queries.days import Offer, offers_for
from imparts.informatics.results.models import ResponseScore
from imparts.organisations.models import Service
from imparts.outbox.models import Message
from imparts.pathways.models import Alert, AlertEvent
from imparts.pathways.queries import alerts_about
from tests.apps.demo.filled.conftest import LONDON, MORNING

pytestmark = pytest.mark.usefixtures("trust")
AT_ANY_HOUR = [(0, 2), (15, 10), (23, 56)]


def _list(at: datetime, part: str) -> list[tuple[Appointment, Offer]]:
    service = Service.objects.get(code="rheumatology")
    session = next(s for s in sessions_on(service.pk, day=at.date()) if s.part == part)
    appointments = list(appointments_of(session))
    offers = offers_for([a.pk for a in appointments])
    return [(a, offers[a.pk]) for a in appointments]


def _here_and_not_asked(at: datetime, part: str) -> int:
    return sum(a.state == "arrived" and o.state == "none" for a, o in _list(at, part))


def test_every_service_has_a_morning_and_an_afternoon() -> None:
    sessions = ClinicSession.objects.filter(held_on=MORNING.date())
    assert sessions.count() == 26


def test_the_morning_has_everyone_that_a_tour_needs() -> None:
    found = _list(MORNING, "morning")
    states = [offer.state for _, offer in found]
    assert _here_and_not_asked(MORNING, "morning") >= 6
    assert states.count("finished") >= 6
    assert states.count("answering") >= 2
    assert "declined" in states
    assert any(a.state == "booked" for a, _ in found)


def test_sam_pemberton_is_here_with_nothing_answered() -> None:
    ((appointment, offer),) = [
        (a, o) for a, o in _list(MORNING, "morning") if a.patient_id == named("sam-pemberton").id
    ]
    assert (appointment.state, offer.state) == ("arrived", "none")
    assert str(appointment.patient.born_on) == "1961-03-14"


def test_amara_answered_a_minute_ago_and_her_alert_is_open() -> None:
    sitting = Invitation.objects.get(
        patient_id=named("amara-thimblewick").id, appointment__session__held_on=MORNING.date()
    )
    score = ResponseScore.objects.get(sitting=sitting.pk, instrument="phq9")
    assert (score.score, score.band) == (14, "moderate")
    assert MORNING - sitting.submitted_at == timedelta(minutes=1)
    (alert,) = alerts_about([sitting.pk])[sitting.pk]
    assert not alert.is_closed
    assert alert.told is not None
    assert Message.objects.filter(about__in=sitting.responses.values("pk")).count() == 6


def test_whoever_has_sent_today_has_answered_everything_that_their_script_holds() -> None:
    sent = ResponseScore.objects.filter(
        completed_at__gte=MORNING.replace(hour=0),
        patient_id__in=[named(slug).id for slug in ("walter-nettlebed", "amara-thimblewick")],
    )
    assert {row.status for row in sent} == {"complete"}
    assert {"phq9", "gad7", "hsi"} <= {row.instrument for row in sent}


def test_the_other_open_and_closed_alerts_are_as_in_the_stories() -> None:
    alerts = Alert.objects.filter(raised_at__gte=MORNING.replace(hour=0))
    of = {a.patient_id: a.events.order_by("-id")[0].name for a in alerts}
    assert of[named("walter-nettlebed").id] == "closed"
    assert of[named("tomasz-inkwell").id] == "told"


def test_nobody_has_left_with_an_open_alert() -> None:
    for alert in Alert.objects.filter(appointment__isnull=False):
        last = AppointmentMove.objects.filter(appointment=alert.appointment).order_by("-id")[0]
        if last.state == "left":
            assert alert.events.filter(name=AlertEvent.Name.CLOSED).exists()


@pytest.mark.parametrize(("hour", "minute"), AT_ANY_HOUR)
def test_at_any_hour_the_list_of_the_half_day_is_alive_and_nothing_lies_ahead(
    undone: None, hour: int, minute: int
) -> None:
    at = datetime(2026, 11, 18, hour, minute, 20, tzinfo=LONDON)
    fill.make_today(at=at)
    assert _here_and_not_asked(at, "morning" if hour < 13 else "afternoon") >= 6
    for model, field in (
        (AppointmentMove, "at"), (AnswerGiven, "at"), (AlertEvent, "at"), (OfferOutcome, "at"),
        (HandOver, "last_used_at"), (Invitation, "created_at"), (ResponseScore, "completed_at"),
    ):  # fmt: skip
        assert not model.objects.filter(**{f"{field}__gt": at}).exists(), model
    days = {a.at.astimezone(LONDON).date() for a, _ in _list(at, "morning")}
    assert days == {at.date()}


def test_making_the_day_twice_changes_nothing(undone: None) -> None:
    before = _counts()
    fill.make_today(at=MORNING + timedelta(hours=5))
    assert _counts() == before


def test_the_next_day_has_clinics_of_its_own(undone: None) -> None:
    fill.make_today(at=MORNING + timedelta(days=1))
    assert ClinicSession.objects.filter(held_on=MORNING.date() + timedelta(days=1)).count() == 26


def test_a_played_clinic_moves_on_and_leaves_the_named_alone(undone: None) -> None:
    at, before = MORNING, _counts()
    rheumatology = next(c for c in clinics_to_play(seed=1) if c.clinic.code == "rheumatology")
    dermatology = next(c for c in clinics_to_play(seed=1) if c.clinic.code == "dermatology")
    for minute in range(1, 61):
        at = MORNING + timedelta(minutes=minute)
        rheumatology.move(at=at)
        dermatology.move(at=at)
    after = _counts()
    assert after["answers"] > before["answers"]
    assert after["sent"] > before["sent"]
    assert after["moves"] > before["moves"]
    assert _here_and_not_asked(at, "morning") >= 6
    sam = Appointment.objects.get(patient_id=named("sam-pemberton").id)
    assert not sam.invitations.exists()


def _counts() -> dict[str, int]:
    return {
        "appointments": Appointment.objects.count(),
        "moves": AppointmentMove.objects.count(),
        "answers": AnswerGiven.objects.count(),
        "sent": Invitation.objects.filter(submitted_at__isnull=False).count(),
        "alerts": AlertEvent.objects.count(),
    }
