"""Whatever a receiver does, each result arrives: of its patient, in order, always the same (H5)."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from random import Random
from uuid import UUID

import pytest

from imparts.gateway.by_mllp import ByMllp
from imparts.gateway.delivery import Delivery
from imparts.gateway.hl7v2.address import Address
from imparts.gateway.hl7v2.sender import Sender
from imparts.outbox import actions as outbox
from imparts.outbox.models import Attempt, Message
from tests.gateway.mllp_chaos import MISBEHAVIOURS, REFUSING, Chaos
from tests.gateway.owing import START, TO_RECORD, Clock, owed

pytestmark = pytest.mark.django_db
PATIENCE = 0.5


@pytest.fixture
def chaos() -> Iterator[Chaos]:
    running = Chaos()
    yield running
    running.stop()


@pytest.fixture
def to_chaos(chaos: Chaos) -> Iterator[Delivery]:
    address = Address("127.0.0.1", chaos.port)
    with Sender(address, seconds_to_connect=PATIENCE, seconds_to_answer=PATIENCE) as sender:
        yield Delivery(ByMllp(sender), TO_RECORD, chance=lambda: 0.0)


def send_refused_again(now: Clock) -> None:
    for message in Message.objects.filter(state="refused"):
        outbox.send_again(message.pk, by="it", why="put right at the record", at=now())


def deliver_until_settled(to: Delivery, now: Clock, *, rounds: int = 60) -> None:
    """With a clock that is moved on, until nothing waits."""
    for _ in range(rounds):
        due = to.deliver_due(now=now).next_due_at
        send_refused_again(now)
        if due is None and not Message.objects.filter(state="waiting").exists():
            return
        now.at = max(now.at + timedelta(seconds=1), due or now.at)
    raise AssertionError(f"{Message.objects.filter(state='waiting').count()} still wait")


def judge(chaos: Chaos, *, keeps_order: bool = True) -> None:
    """The ledger against what was owed: nothing lost, nobody else's, in order, no two versions."""
    kept = chaos.kept()
    asked = {m.control_id: m for m in Message.objects.order_by("id")}
    assert not [c for c, m in asked.items() if m.state != "sent"]
    assert set(asked) <= {one.control_id for one in kept}, "said to be sent and is not there"
    for one in kept:
        if one.control_id in asked:
            assert one.patient == str(asked[one.control_id].patient)
    texts: dict[str, set[bytes]] = {}
    for one in chaos.ledger:
        texts.setdefault(one.control_id, set()).add(one.text)
    assert all(len(each) == 1 for each in texts.values()), "a resend that is not the same"
    if keeps_order:
        for patient in {str(m.patient) for m in asked.values()}:
            mine = [c for c, m in asked.items() if str(m.patient) == patient]
            assert [one.control_id for one in kept if one.control_id in mine] == mine


@pytest.mark.parametrize("kind", MISBEHAVIOURS)
def test_through_each_kind_of_misbehaviour_everything_arrives(
    kind: str, chaos: Chaos, to_chaos: Delivery, now: Clock
) -> None:
    ann, ben = UUID(int=1), UUID(int=2)
    before = owed(ann)
    to_chaos.deliver_due(now=now)
    for patient in (ann, ben, ann):
        owed(patient)
    chaos.behave(kind, times=2)
    if kind == "down":
        to_chaos.deliver_due(now=now)
        chaos.behave("ok")
    deliver_until_settled(to_chaos, now)
    judge(chaos, keeps_order=kind not in REFUSING)
    assert chaos.kept()[0].control_id == before
    assert kind in {one.met for one in chaos.ledger} or chaos.connects > 1


def test_through_all_kinds_mixed_everything_arrives_in_each_patients_order(
    chaos: Chaos, to_chaos: Delivery, now: Clock
) -> None:
    """Who is refused is put right at the record and sent again; that alone may change an order."""
    chance = Random(11)
    patients = [UUID(int=number) for number in range(1, 13)]
    kinds = [kind for kind in MISBEHAVIOURS if kind not in REFUSING] * 2
    chance.shuffle(kinds)
    for kind in kinds:
        for patient in chance.sample(patients, 3):
            owed(patient, at=now())
        chaos.behave(kind, times=None if kind == "down" else chance.randint(1, 2))
        to_chaos.deliver_due(now=now)
        now.pass_seconds(chance.randint(1, 70))
        if kind == "down":
            chaos.behave("ok")
    chaos.behave("ok")
    deliver_until_settled(to_chaos, now)
    judge(chaos)
    assert Message.objects.count() == 3 * len(kinds)


def test_an_hour_without_the_record_is_asked_once_a_minute_and_made_good_within_a_minute(
    chaos: Chaos, to_chaos: Delivery, now: Clock
) -> None:
    for number in range(40):
        owed(UUID(int=number % 8 + 1))
    chaos.behave("down")
    tried: list[float] = []
    while now() < START + timedelta(hours=1):
        due = to_chaos.deliver_due(now=now).next_due_at
        assert due is not None and due > now()
        tried.append((now() - START).total_seconds())
        now.at = due
    gaps = [later - earlier for earlier, later in pairwise(tried)]
    assert min(gaps) >= 1
    assert max(gaps) <= 60
    assert sum(1 for at in tried if at >= 60) <= 60
    chaos.behave("ok")
    back_at = now()
    deliver_until_settled(to_chaos, now)
    first = Message.objects.order_by("sent_at").values_list("sent_at", flat=True)[0]
    assert first - back_at <= timedelta(seconds=60)
    judge(chaos)


def test_a_receiver_that_puts_one_message_off_for_days_is_asked_hourly_and_holds_up_nobody_else(
    chaos: Chaos, to_chaos: Delivery, now: Clock
) -> None:
    stuck = owed(UUID(int=1))
    chaos.behave("ae")
    for _ in range(30):
        due = to_chaos.deliver_due(now=now).next_due_at
        assert due is not None
        now.at = due
    waits = list(
        Attempt.objects.filter(control_id=stuck).order_by("id").values_list("began_at", flat=True)
    )
    assert waits[-1] - waits[-2] == timedelta(hours=1)
    assert len(waits) == 30
    chaos.behave("ok")
    other = owed(UUID(int=2), at=now())
    now.pass_seconds(-1800)
    assert to_chaos.deliver_due(now=now).count >= 1, "others pass at once"
    assert other in [one.control_id for one in chaos.kept()]
    now.pass_seconds(1801)
    deliver_until_settled(to_chaos, now)
    judge(chaos)


def test_each_try_is_accounted_for_with_its_answer(
    chaos: Chaos, to_chaos: Delivery, now: Clock
) -> None:
    owed(UUID(int=1))
    for kind in ("ae", "drop", "ok"):
        chaos.behave(kind, times=1)
        to_chaos.deliver_due(now=now)
        now.pass_seconds(60)
    counted = Counter(Attempt.objects.values_list("outcome", flat=True))
    assert counted == {"not_this_time": 1, "no_answer": 1, "taken": 1}
