"""Notices go out once by every way, whatever the servers do meanwhile, and never too late (H1)."""

from datetime import timedelta
from random import Random

import pytest

from imparts.gateway.notices.by_email import ByEmail
from imparts.gateway.notices.by_notify import ByNotify
from imparts.gateway.notices.delivery import EMAIL, LEASE_SECONDS, SMS, Notices
from imparts.outbox import actions as outbox
from imparts.outbox.actions import NOTICES
from imparts.outbox.models import Message
from imparts.outbox.queries import standing
from imparts.pathways.models import AlertEvent
from tests.gateway.notices.owing import (
    a_place,
    an_alert,
    close,
    owe,
    someone,
    states,
    why,
)
from tests.gateway.notices.servers import Hanging, Mail, Mood, Notify
from tests.gateway.owing import START, Clock

pytestmark = pytest.mark.django_db
CALL = (
    "imparts: please open the alert list for Rheumatology, Fernhollow Hospital. "
    "You are called as deputy. No reply is read here."
)


def test_a_notice_goes_out_by_every_way_once(
    notices: Notices, mail: Mail, notify: Notify, now: Clock
) -> None:
    service = a_place()
    owe(someone(service), service, alert=an_alert(service))
    assert notices.send_due(now=now) == 2
    assert notices.send_due(now=now) == 0
    assert mail.texts == notify.texts == [CALL]
    assert states() == {NOTICES: ["sent"], EMAIL: ["sent"], SMS: ["sent"]}


def test_a_notice_of_a_closed_alert_is_dropped_with_that_reason(
    notices: Notices, mail: Mail, now: Clock
) -> None:
    service = a_place()
    alert = an_alert(service)
    owe(someone(service), service, alert=alert)
    close(alert)
    assert notices.send_due(now=now) == 0
    assert mail.taken == []
    assert states() == {NOTICES: ["given_up"]}
    assert "nothing to do any more" in why(NOTICES)


def test_an_alert_closed_while_the_mail_server_was_down_is_not_told_late(
    notices: Notices, mail: Mail, notify: Notify, now: Clock
) -> None:
    service = a_place()
    alert = an_alert(service)
    owe(someone(service), service, alert=alert)
    mail.stop()
    assert notices.send_due(now=now) == 1, "the SMS is not kept back"
    close(alert)
    mail.start()
    now.pass_seconds(60)
    assert notices.send_due(now=now) == 0
    assert (mail.taken, len(notify.taken)) == ([], 1)
    assert states()[EMAIL] == ["given_up"]


@pytest.mark.parametrize(
    "mood", [Mood.NOT_NOW, Mood.LEAVING, Mood.RELAYS_NOTHING, Mood.NOT_THIS_TEXT, Mood.CLOSES]
)
def test_after_a_failure_the_same_notice_is_tried_again_and_arrives_once(
    notices: Notices, mail: Mail, now: Clock, mood: Mood
) -> None:
    service = a_place()
    owe(someone(service, mobile=""), service)
    mail.become(mood, times=2)
    assert notices.send_due(now=now) == 0
    assert notices.send_due(now=now) == 0, "not at once"
    assert standing(EMAIL).last_error.startswith("The mail server")
    for _ in range(3):
        now.pass_seconds(4)
        notices.send_due(now=now)
    assert mail.texts == [CALL]
    assert mail.connections >= 3


def test_a_mail_taken_without_our_hearing_comes_again_under_the_same_name(
    notices: Notices, mail: Mail, now: Clock
) -> None:
    """SMTP cannot be asked what it took; the same Message-ID lets a mailbox know the repeat."""
    service = a_place()
    owe(someone(service, mobile=""), service)
    mail.become(Mood.TAKES_AND_CLOSES, times=1)
    notices.send_due(now=now)
    now.pass_seconds(1)
    notices.send_due(now=now)
    assert len({each["Message-ID"] for each in mail.taken}) == 1
    assert states()[EMAIL] == ["sent"]


def test_an_hour_without_a_mail_server_loses_nothing_and_asks_once_a_minute(
    notices: Notices, mail: Mail, now: Clock
) -> None:
    service = a_place()
    staff = someone(service, mobile="")
    mail.stop()
    for minute in range(60):
        if minute % 5 == 0:
            owe(staff, service, at=now())
        notices.send_due(now=now)
        now.pass_seconds(60)
    tries = sum(Message.objects.filter(destination=EMAIL).values_list("attempts", flat=True))
    assert tries <= 61
    assert standing(EMAIL).waiting == 12 and standing(EMAIL).oldest_at == START
    mail.start()
    now.pass_seconds(60)
    assert notices.send_due(now=now) == 12
    assert len({each["Message-ID"] for each in mail.taken}) == len(mail.taken) == 12


def test_a_mail_server_that_hangs_is_asked_once_a_round(
    hanging: Hanging, notify: Notify, now: Clock
) -> None:
    service = a_place()
    for _ in range(5):
        owe(someone(service), service)
    ways = {EMAIL: ByEmail(hanging.named, seconds_a_step=0.2), SMS: ByNotify(notify.account)}
    made = Notices(ways, chance=lambda: 0.0)
    assert made.send_due(now=now) == 5, "every SMS goes out"
    assert hanging.asked == 1
    made.send_due(now=now)
    assert hanging.asked == 1, "and it rests"


def test_a_worker_that_dies_between_spreading_and_sending_leaves_nothing_behind(
    notices: Notices, mail: Mail, now: Clock
) -> None:
    service = a_place()
    owe(someone(service, mobile=""), service)
    outbox.lease_next(destination=NOTICES, at=now(), seconds=LEASE_SECONDS)
    assert notices.send_due(now=now) == 0
    now.pass_seconds(LEASE_SECONDS + 1)
    assert notices.send_due(now=now) == 1
    assert mail.texts == [CALL]


@pytest.mark.parametrize("hours", [-3, -1, 1, 24 * 400])
def test_a_clock_that_is_moved_keeps_no_notice_back(
    notices: Notices, mail: Mail, now: Clock, hours: int
) -> None:
    """Put off by a server while the clock was wrong, then the clock is put right."""
    service = a_place()
    now.at = START + timedelta(hours=hours)
    owe(someone(service, mobile=""), service, at=now())
    mail.become(Mood.LEAVING, times=1)
    assert notices.send_due(now=now) == 0
    now.at = START
    notices.send_due(now=now)
    now.pass_seconds(2)
    notices.send_due(now=now)
    assert mail.texts == [CALL]


def test_a_notice_writes_nothing_into_its_alert(notices: Notices, mail: Mail, now: Clock) -> None:
    """It never counts as delivered or seen, and stops no clock."""
    service = a_place()
    alert = an_alert(service)
    before = list(AlertEvent.objects.values())
    owe(someone(service), service, alert=alert)
    mail.become(Mood.NO_SUCH_MAILBOX, times=1)
    notices.send_due(now=now)
    owe(someone(service), service, alert=alert)
    notices.send_due(now=now)
    assert len(mail.taken) == 1
    assert list(AlertEvent.objects.values()) == before


def test_a_slip_of_ours_keeps_one_notice_and_no_other(
    notices: Notices, mail: Mail, now: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = a_place()
    owe(someone(service, mobile=""), service)
    real = ByEmail.send
    failing = iter([KeyError("slip")])

    def slips(self: ByEmail, *args: object, **named: object) -> object:
        for wrong in failing:
            raise wrong
        return real(self, *args, **named)

    monkeypatch.setattr(ByEmail, "send", slips)
    assert notices.send_due(now=now) == 0
    assert standing(EMAIL).last_error == "It could not be sent (KeyError)"
    now.pass_seconds(1)
    assert notices.send_due(now=now) == 1


def test_through_every_misbehaviour_each_notice_arrives(
    notices: Notices, mail: Mail, notify: Notify, now: Clock
) -> None:
    chosen, service = Random(7), a_place()
    staff = someone(service)
    moods = [m for m in Mood if m is not Mood.NO_SUCH_MAILBOX] * 2
    for mood in moods:
        owe(staff, service, at=now())
        mail.become(mood, times=chosen.randint(1, 2))
        notify.takes_and_closes = chosen.randint(0, 2)
        notices.send_due(now=now)
        now.pass_seconds(60)
    mail.become(Mood.NORMAL)
    notify.takes_and_closes = 0
    for _ in range(4):
        notices.send_due(now=now)
        now.pass_seconds(60)
    assert len({each["Message-ID"] for each in mail.taken}) == len(moods)
    assert len({each["reference"] for each in notify.taken}) == len(notify.taken) == len(moods)
    assert set(states()[EMAIL]) == set(states()[SMS]) == {"sent"}
