"""To whom notices go: who has a way, who has none, who has left, whose mailbox is gone (H1)."""

import pytest

from imparts.access.actions import leave
from imparts.gateway.notices.by_email import ByEmail
from imparts.gateway.notices.by_notify import ByNotify
from imparts.gateway.notices.delivery import EMAIL, SMS, Notices
from imparts.outbox.actions import NOTICES
from imparts.outbox.models import Message
from tests.builders import TODAY
from tests.gateway.notices.owing import (
    a_place,
    owe,
    someone,
    states,
    why,
)
from tests.gateway.notices.servers import Mail, Mood, Notify
from tests.gateway.owing import START, Clock

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("email", "mobile", "gone_out"),
    [("kit@x.example", "", {EMAIL: ["sent"]}), ("", "+447700900123", {SMS: ["sent"]})],
)
def test_one_way_is_enough(
    notices: Notices, now: Clock, email: str, mobile: str, gone_out: dict[str, list[str]]
) -> None:
    service = a_place()
    owe(someone(service, email=email, mobile=mobile), service)
    notices.send_due(now=now)
    assert states() == {NOTICES: ["sent"], **gone_out}


@pytest.mark.parametrize(
    ("ways", "email", "mobile", "says"),
    [
        ((EMAIL, SMS), "", "", "they have given no e-mail address and no mobile number"),
        ((), "kit@x.example", "", "this site has set up neither e-mail nor SMS"),
        ((SMS,), "kit@x.example", "", "their e-mail address only, and this site sends SMS only"),
        ((EMAIL,), "", "+447700900123", "their mobile number only, and this site sends e-mail"),
    ],
)
def test_whoever_cannot_be_reached_is_seen_and_tried_no_more(
    mail: Mail, notify: Notify, now: Clock, ways: tuple[str, ...], email: str, mobile: str,
    says: str,
) -> None:  # fmt: skip
    service = a_place()
    owe(someone(service, email=email, mobile=mobile), service)
    both = {EMAIL: ByEmail(mail.named), SMS: ByNotify(notify.account)}
    made = Notices({each: both[each] for each in ways})
    assert [made.send_due(now=now) for _ in range(3)] == [0, 0, 0]
    assert states() == {NOTICES: ["given_up"]}
    assert why(NOTICES).startswith("No way to reach them: ") and says in why(NOTICES)
    assert Message.objects.get().attempts == 1


def test_nobody_who_has_left_is_told(notices: Notices, mail: Mail, now: Clock) -> None:
    service = a_place()
    staff = someone(service)
    owe(staff, service)
    leave(staff=staff, on=TODAY, by="test", at=START)
    assert notices.send_due(now=now) == 0
    assert (mail.taken, why(NOTICES)) == ([], "They no longer work here.")


def test_a_mended_address_is_used_at_the_next_try(notices: Notices, mail: Mail, now: Clock) -> None:
    service = a_place()
    staff = someone(service, mobile="")
    owe(staff, service)
    mail.become(Mood.NOT_NOW, times=1)
    notices.send_due(now=now)
    staff.email = "kit.larkledale@fernhollow.example"
    staff.save()
    now.pass_seconds(1)
    assert notices.send_due(now=now) == 1
    assert mail.taken[0]["To"] == "kit.larkledale@fernhollow.example"


def test_a_mailbox_that_is_not_there_is_listed_and_blocks_nobody(
    notices: Notices, mail: Mail, now: Clock
) -> None:
    service = a_place()
    owe(someone(service, mobile=""), service)
    owe(someone(service, mobile=""), service)
    mail.become(Mood.NO_SUCH_MAILBOX, times=1)
    assert notices.send_due(now=now) == 1
    assert states()[EMAIL] == ["refused", "sent"]
    assert notices.send_due(now=now) == 0


def test_a_notice_to_nobody_is_refused_and_blocks_nobody(
    notices: Notices, mail: Mail, now: Clock
) -> None:
    service = a_place()
    staff = someone(service, mobile="")
    lost = owe(staff, service)
    Message.objects.filter(control_id=lost).update(facts={"staff": 0, "service": service.pk})
    owe(staff, service)
    assert notices.send_due(now=now) == 1
    assert states()[NOTICES] == ["refused", "sent"]
