"""A worker dead for an hour, a clock that is moved, mail down: everybody is still called (H1)."""

from datetime import datetime, timedelta

import pytest

from imparts.access.models import Staff
from imparts.gateway.notices.by_email import ByEmail
from imparts.gateway.notices.delivery import EMAIL, Notices
from imparts.pathways.actions import escalate_due
from imparts.pathways.models import Alert
from imparts.pathways.queries.alerts import story_of
from tests.apps.pathways.raising import an_alert, calls, covered
from tests.builders import NOON, a_service
from tests.gateway.notices.owing import states
from tests.gateway.notices.servers import Mail
from tests.gateway.owing import Clock

pytestmark = pytest.mark.django_db
RUNGS = ["owner", "deputy", "liaison", "manager"]


@pytest.fixture
def notices(mail: Mail) -> Notices:
    """E-mail, with nothing left to chance."""
    return Notices({EMAIL: ByEmail(mail.named)}, chance=lambda: 0.0)


@pytest.fixture
def alert() -> Alert:
    """Raised at noon at a service whose four duties are held by people with an address each."""
    service = a_service(with_content=False)
    held = covered(service)
    for duty, staff in held.items():
        Staff.objects.filter(pk=staff.pk).update(email=f"{duty}@fernhollow.example")
    return an_alert(service)


def told(mail: Mail) -> list[str]:
    """Whom mails about a call have reached, in order."""
    about_calls = [each for each in mail.taken if "alert list" in each["Subject"]]
    return [str(each["To"]).partition("@")[0] for each in about_calls]


def of_the_ladder(alert: Alert) -> list[str]:
    """The rungs that were called, without those on which everybody was called again."""
    rungs = [rung for rung, _ in calls(alert)]
    assert len(rungs) == len(set(rungs)), "nobody twice on a rung"
    return [rung for rung in rungs if not rung.startswith("again")]


def looks(notices: Notices, now: Clock, at: datetime) -> None:
    """What a living worker does in one look."""
    now.at = at
    escalate_due(at=at)
    notices.send_due(now=now)


def test_a_worker_dead_for_an_hour_with_mail_down_loses_no_call_and_no_notice(
    notices: Notices, alert: Alert, mail: Mail, now: Clock
) -> None:
    mail.stop()
    back = NOON + timedelta(hours=1)
    looks(notices, now, back)
    assert [rung for rung, _ in calls(alert)] == RUNGS
    rungs = [rung for rung in story_of(alert).rungs if rung.called]
    due = [NOON + timedelta(minutes=minutes) for minutes in (0, 15, 30, 45)]
    assert [rung.at for rung in rungs] == due, "when each was due"
    assert [rung.called.at for rung in rungs] == [back] * 4, "beside when each was really called"
    assert told(mail) == []
    mail.start()
    looks(notices, now, back + timedelta(minutes=1))
    assert sorted(told(mail)) == sorted(RUNGS)
    assert set(states()[EMAIL]) == {"sent"}


def test_a_dead_mail_server_delays_no_rung_by_a_second(
    notices: Notices, alert: Alert, mail: Mail, now: Clock
) -> None:
    mail.stop()
    for minutes in (0, 15, 30):
        looks(notices, now, NOON + timedelta(minutes=minutes))
    rungs = [rung for rung in story_of(alert).rungs if rung.called]
    assert [rung.called.at for rung in rungs] == [rung.at for rung in rungs]


@pytest.mark.parametrize("wrong", [timedelta(hours=1), timedelta(days=365)])
def test_a_clock_put_forward_and_back_calls_nobody_twice_and_keeps_no_notice_back(
    notices: Notices, alert: Alert, mail: Mail, now: Clock, wrong: timedelta
) -> None:
    mail.stop()
    looks(notices, now, NOON + wrong)
    assert of_the_ladder(alert) == RUNGS, "early, and never too late"
    mail.start()
    for minutes in (1, 2, 16, 31):
        looks(notices, now, NOON + timedelta(minutes=minutes))
    assert of_the_ladder(alert) == RUNGS
    assert set(told(mail)) == set(RUNGS)
    again = {rung.partition(",")[0] for rung, _ in calls(alert)} - set(RUNGS)
    assert again == {"again 1", "again 2"}, "at once when the clock is right, then by the half hour"


@pytest.mark.parametrize("wrong", [timedelta(minutes=20), timedelta(hours=1)])
def test_a_clock_put_back_makes_no_call_late(
    notices: Notices, alert: Alert, mail: Mail, now: Clock, wrong: timedelta
) -> None:
    """By the wrong clock the alert is of the future: its minutes cannot be counted."""
    looks(notices, now, NOON - wrong)
    assert [rung for rung, _ in calls(alert)] == RUNGS
    for minutes in (0, 15, 30, 60):
        looks(notices, now, NOON + timedelta(minutes=minutes))
    assert of_the_ladder(alert) == RUNGS, "each once, also after the clock was put right"
    assert set(told(mail)) == set(RUNGS)
