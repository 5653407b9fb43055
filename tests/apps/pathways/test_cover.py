"""Who answers for alerts: named, standing, on leave, accepted; two people, or nobody is asked."""

from datetime import date, time, timedelta

import pytest

from imparts.audit.models import AuditEntry
from imparts.pathways import actions as pathways
from imparts.pathways.models import CoverAccepted, LeaveCover, StandingCover
from imparts.pathways.queries import clocks_of, cover_on, leave_of, why_not_covered
from imparts.rules.alerting.clocks import DEFAULT_CLOCKS
from tests.apps.pathways.raising import covered, notices, stands
from tests.builders import NOON, TODAY, staff_with

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)


def _holds(service, duty: str = "owner", on: date = TODAY):
    held = cover_on(service, on).of(duty)
    return held.staff, held.because


def _away(staff, stands_in, *, from_on: date = TODAY, until_on: date = TODAY) -> None:
    pathways.set_leave(
        staff=staff, covered_by=stands_in, from_on=from_on, until_on=until_on, by="test", at=NOON
    )


def test_whoever_stands_holds_a_duty_from_their_day_on(service) -> None:
    first, second = (staff_with("nurse", service) for _ in range(2))
    stands(service, "owner", first)
    stands(service, "owner", second, from_on=TOMORROW)
    assert _holds(service) == (first, "standing")
    assert _holds(service, on=TOMORROW) == (second, "standing")
    assert _holds(service, on=TODAY - timedelta(days=1)) == (None, "")


def test_somebody_named_for_a_day_goes_before_whoever_stands_on_that_day_only(service) -> None:
    first, second = (staff_with("nurse", service) for _ in range(2))
    stands(service, "owner", first)
    pathways.name_cover_for_day(
        service=service, on=TODAY, duty="owner", staff=second, by="test", at=NOON
    )
    assert _holds(service) == (second, "named for today")
    assert _holds(service, on=TOMORROW)[0] == first
    assert notices("cover_asked") == [(second.pk, "")]


def test_leave_is_covered_by_a_colleague_who_may_be_away_too(service) -> None:
    first, second, third = (staff_with("nurse", service) for _ in range(3))
    stands(service, "owner", first)
    _away(first, second, until_on=TOMORROW)
    assert _holds(service) == (second, f"covers leave of {first.name}")
    _away(second, third)
    assert _holds(service) == (third, f"covers leave of {first.name}")
    _away(third, first)
    assert _holds(service)[0] is None
    assert _holds(service, on=TOMORROW)[0] == second


def test_leave_can_be_taken_back_and_the_row_stays(service) -> None:
    first, second = (staff_with("nurse", service) for _ in range(2))
    stands(service, "owner", first)
    _away(first, second)
    assert len(leave_of(service, from_on=TODAY)) == 1
    _away(first, None)
    assert _holds(service) == (first, "standing")
    assert leave_of(service, from_on=TODAY) == []
    assert LeaveCover.objects.count() == 2


def test_owner_and_deputy_are_two_people(service) -> None:
    nurse = staff_with("nurse", service)
    stands(service, "owner", nurse)
    with pytest.raises(pathways.NotDone, match="two people"):
        stands(service, "deputy", nurse)
    with pytest.raises(pathways.NotDone, match="two people"):
        pathways.name_cover_for_day(
            service=service, on=TODAY, duty="deputy", staff=nurse, by="test", at=NOON
        )
    assert StandingCover.objects.count() == 1


def test_when_leave_makes_one_person_both_nobody_is_asked_that_day(service) -> None:
    held = covered(service)
    assert why_not_covered(service, TODAY, True) is None
    _away(held["owner"], held["deputy"])
    assert "must be two people" in why_not_covered(service, TODAY, True)


def test_cover_counts_when_owner_and_deputy_have_both_accepted_for_the_day(service) -> None:
    owner, deputy = staff_with("nurse", service), staff_with("consultant", service)
    assert "no owner and no deputy" in why_not_covered(service, TODAY, True)
    stands(service, "owner", owner)
    stands(service, "deputy", deputy)
    said = why_not_covered(service, TODAY, True)
    assert f"{owner.name} (owner) and {deputy.name} (deputy) must first accept" in said
    assert "Who answers for alerts" in said
    pathways.accept_cover(service=service, on=TODAY, duty="owner", by=owner, at=NOON)
    assert f"{deputy.name} (deputy) must first accept" in why_not_covered(service, TODAY, True)
    pathways.accept_cover(service=service, on=TODAY, duty="deputy", by=deputy, at=NOON)
    assert why_not_covered(service, TODAY, True) is None
    # Tomorrow each says it anew; where nothing is asked that could raise an alert, nobody need.
    assert why_not_covered(service, TOMORROW, True)
    assert why_not_covered(service, TOMORROW, False) is None


def test_whoever_stands_in_must_accept_although_the_one_away_had(service) -> None:
    held, stand_in = covered(service), staff_with("nurse", service)
    _away(held["owner"], stand_in)
    assert f"{stand_in.name} (owner) must first accept" in why_not_covered(service, TODAY, True)


def test_only_whoever_holds_a_duty_accepts_it_once_and_not_for_a_day_that_is_past(service) -> None:
    held = covered(service)
    other = staff_with("nurse", service)

    def accept(by, on=TODAY, duty="owner") -> None:
        pathways.accept_cover(service=service, on=on, duty=duty, by=by, at=NOON)

    with pytest.raises(pathways.NotDone, match=f"It is {held['owner'].name}"):
        accept(other)
    with pytest.raises(pathways.NotDone, match="past"):
        accept(held["owner"], on=TODAY - timedelta(days=1))
    with pytest.raises(pathways.NotDone, match="duties shown"):
        accept(held["owner"], duty="king")
    accept(held["owner"])
    assert CoverAccepted.objects.count() == 2


def test_someone_who_may_not_act_on_alerts_is_not_named(service) -> None:
    desk = staff_with("receptionist", service)
    for duty, said in (("owner", "act on alerts"), ("manager", "see the cover")):
        if duty == "manager":
            desk = staff_with("researcher", service)
        with pytest.raises(pathways.NotDone, match=said):
            stands(service, duty, desk)


def test_leave_with_the_wrong_days_or_for_oneself_is_refused(service) -> None:
    nurse, other = (staff_with("nurse", service) for _ in range(2))
    with pytest.raises(pathways.NotDone, match="before the first"):
        _away(nurse, other, from_on=TOMORROW, until_on=TODAY)
    with pytest.raises(pathways.NotDone, match="for themselves"):
        _away(nurse, nurse)


def test_a_day_that_is_past_is_not_named(service) -> None:
    with pytest.raises(pathways.NotDone, match="past"):
        pathways.name_cover_for_day(
            service=service, on=TODAY - timedelta(days=1), duty="owner",
            staff=staff_with("nurse", service), by="test", at=NOON,
        )  # fmt: skip


CLOCKS = {
    "deputy_after": 10, "liaison_after": 20, "opens_at": time(9), "closes_at": time(17),
    "weekdays": "5123", "unread_by": time(9, 30), "out_of_hours": "Ring the duty doctor.",
}  # fmt: skip


def test_the_last_clocks_count_and_the_defaults_hold_where_there_are_none(service) -> None:
    assert clocks_of(service) == DEFAULT_CLOCKS
    pathways.set_alert_clocks(service=service, by="test", at=NOON, **CLOCKS)
    assert (clocks_of(service).deputy_after, clocks_of(service).weekdays) == (10, "1235")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"liaison_after": 10}, "later time"), ({"deputy_after": 0}, "deputy"),
        ({"weekdays": ""}, "at least one day"), ({"out_of_hours": " "}, "outside these hours"),
    ],
)  # fmt: skip
def test_clocks_by_which_nobody_would_be_called_are_refused(service, wrong, said) -> None:
    with pytest.raises(pathways.NotDone, match=said):
        pathways.set_alert_clocks(service=service, by="test", at=NOON, **(CLOCKS | wrong))
    assert clocks_of(service) == DEFAULT_CLOCKS


def test_every_change_of_cover_is_in_the_audit(service) -> None:
    held = covered(service)
    _away(held["liaison"], staff_with("liaison", service))
    pathways.set_alert_clocks(service=service, by="test", at=NOON, **CLOCKS)
    did = set(AuditEntry.objects.values_list("did", flat=True))
    assert did >= {
        "set standing owner", "accepted cover as owner", "set leave cover", "set alert clocks",
    }  # fmt: skip
