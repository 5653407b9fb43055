"""Kept messages are found, applied once more by a person, and forgotten when their time is over."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from imparts.audit.models import AuditEntry
from imparts.gateway.hl7v2.listener import Peer
from imparts.gateway.inbound import queries
from imparts.gateway.inbound.actions import (
    Applied,
    Refused,
    ReplayRefused,
    SenderRefused,
    end_sender,
    know_sender,
    purge,
    purge_old,
    receive_cut_short,
    replay,
)
from imparts.gateway.inbound.models import Became, Content, KnownSender, ReceivedMessage
from imparts.organisations.models import Organisation
from tests.builders import NOON, an_organisation
from tests.gateway.hl7v2.lines import a_message
from tests.gateway.inbound.standing_in import StandIn, a_known_sender, received

pytestmark = pytest.mark.django_db


def _refuses(message: object) -> Applied:
    raise Refused("No such clinic.", where="AIL-3")


def _ids(**asked: object) -> list[str]:
    return [each.control_id for each in queries.received(**asked)]


def test_messages_are_found_by_id_kind_day_patient_and_what_became_of_them(
    pas: KnownSender, applied: StandIn
) -> None:
    ann = uuid4()
    applied.does = lambda message: Applied(patient=ann)
    received(a_message("of-ann"))
    applied.does = _refuses
    received(a_message("refused", kind="SIU^S12^SIU_S12"))
    applied.does = lambda message: Applied()
    received(a_message("later", kind="ADT^A31"), at=NOON + timedelta(days=1))
    received(a_message("of-ann"), at=NOON + timedelta(days=1))
    assert _ids() == ["of-ann", "later", "refused", "of-ann"]
    assert _ids(control_id="of-ann") == ["of-ann", "of-ann"]
    assert _ids(kind="ADT") == ["of-ann", "later", "of-ann"]
    assert _ids(kind="ADT^A31") == ["later"]
    assert _ids(patient=ann) == ["of-ann", "of-ann"]
    assert _ids(code="AR") == ["refused"]
    assert _ids(code="AA") == ["of-ann", "later", "of-ann"]
    assert _ids(on=timezone.localdate(NOON)) == ["refused", "of-ann"]
    assert _ids(kind="A") == []
    newest = queries.received(most=1)[0]
    assert (newest.is_repeat, newest.code, newest.patient, newest.is_kept) == (
        True,
        "AA",
        ann,
        True,
    )
    assert queries.received(before=newest.id)[0].control_id == "later"
    assert queries.last_received_at() == NOON + timedelta(days=1)


def test_what_a_refused_message_was_refused_for_is_shown(
    pas: KnownSender, applied: StandIn
) -> None:
    applied.does = _refuses
    received(a_message("1"))
    (shown,) = queries.received()
    assert (shown.code, shown.words, shown.where) == ("AR", "No such clinic.", "AIL-3")
    assert queries.received_message(shown.id) == shown
    assert queries.received_message(shown.id + 1000) is None
    assert queries.text_of(shown.id) == a_message("1").decode()


def test_a_message_of_no_known_character_set_is_shown_byte_by_byte(pas: KnownSender) -> None:
    received(a_message("1", rest="PID|1||").replace(b"RXX||", b"RXX|") + b"Zo\xeb\r")
    (shown,) = queries.received()
    assert "Zoë" in (queries.text_of(shown.id) or "")


def test_a_person_applies_a_message_again_once_what_was_in_its_way_is_gone(
    pas: KnownSender, applied: StandIn
) -> None:
    patient = uuid4()
    applied.does = _refuses
    received(a_message("1"))
    message = ReceivedMessage.objects.get()
    applied.does = lambda _: Applied(patient=patient)
    assert replay(message.pk, by="integrator", at=NOON + timedelta(hours=1)).code == "AA"
    assert [b.by for b in Became.objects.order_by("pk")] == ["record", "integrator"]
    audited = AuditEntry.objects.get(did="applied a received message again")
    assert (audited.who, audited.patient, audited.about) == (
        "integrator", patient, f"received message {message.pk}",
    )  # fmt: skip
    assert received(a_message("1")).code == "AA"
    assert len(applied.asked) == 2
    (repeat, first) = queries.received()
    assert (repeat.times_applied, first.times_applied, first.by) == (2, 2, "integrator")


def test_a_message_that_is_refused_again_keeps_both_reasons(
    pas: KnownSender, applied: StandIn
) -> None:
    def half_done(message: object) -> Applied:
        an_organisation("Half Done Hospitals")
        raise Refused("Still no such clinic.", where="AIL-3")

    applied.does = _refuses
    received(a_message("1"))
    applied.does = half_done
    before = Organisation.objects.count()
    outcome = replay(ReceivedMessage.objects.get().pk, by="integrator", at=NOON)
    assert (outcome.code, outcome.words) == ("AR", "Still no such clinic.")
    assert Organisation.objects.count() == before
    assert Became.objects.count() == 2


def test_a_message_from_a_sender_that_was_not_known_is_applied_when_it_is(
    applied: StandIn,
) -> None:
    received(a_message("1"))
    message = ReceivedMessage.objects.get()
    with pytest.raises(ReplayRefused, match="may not send here"):
        replay(message.pk, by="integrator", at=NOON)
    a_known_sender()
    assert replay(message.pk, by="integrator", at=NOON).code == "AA"


def test_of_two_contents_with_one_control_id_a_person_may_apply_the_other(
    pas: KnownSender, applied: StandIn
) -> None:
    received(a_message("1", rest="PID|1||A"))
    received(a_message("1", rest="PID|1||B"))
    second = ReceivedMessage.objects.order_by("pk").last()
    assert second is not None
    assert replay(second.pk, by="integrator", at=NOON).code == "AA"
    assert applied.asked == ["1", "1"]


def test_what_messages_say_is_deleted_after_its_time_and_what_became_of_them_stays(
    pas: KnownSender, applied: StandIn
) -> None:
    received(a_message("old"), at=NOON - timedelta(days=401))
    received(a_message("new"), at=NOON - timedelta(days=399))
    assert purge_old(keep_days=400, at=NOON) == 1
    assert purge_old(keep_days=400, at=NOON) == 0
    assert Content.objects.count() == 1
    old = queries.received(control_id="old")[0]
    assert (old.is_kept, old.code) == (False, "AA")
    assert queries.text_of(old.id) is None
    with pytest.raises(ReplayRefused, match="was deleted"):
        replay(old.id, by="integrator", at=NOON)
    assert received(a_message("old")).code == "AA"
    assert applied.asked == ["old", "new"]


def test_a_purge_takes_many_rounds_when_there_is_much(
    pas: KnownSender, applied: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("imparts.gateway.inbound.actions.purging._AT_ONCE", 2)
    for number in range(5):
        received(a_message(str(number)))
    assert purge(older_than=NOON + timedelta(seconds=1)) == 5


def test_the_web_role_can_change_nothing_of_what_came(pas: KnownSender, applied: StandIn) -> None:
    received(a_message("1"))
    for statement in (
        "update inbound_receivedmessage set control_id = 'x'",
        "delete from inbound_became",
    ):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_what_is_cut_short_keeps_its_beginning(pas: KnownSender) -> None:
    answer = receive_cut_short(
        a_message("long")[:80], "It is too long.", peer=Peer("10.0.0.1"), at=NOON
    )
    assert (answer.code, answer.control_id, answer.error) == ("AR", "long", "100")
    assert queries.received()[0].words == "It is too long."


@pytest.mark.parametrize(
    ("agreed", "words"),
    [
        ({"application": " "}, "MSH-3"),
        ({"addresses": ["10.0.0.0/33"]}, "with commas"),
        ({"certificate": "abc"}, "64 hexadecimal"),
        ({"processing": "D"}, "P for production"),
        ({"charset": "EBCDIC"}, "not one that is read"),
    ],
)
def test_a_sender_that_cannot_be_is_refused_in_a_sentence(
    agreed: dict[str, object], words: str
) -> None:
    told = {"application": "PAS", "facility": "RXX", **agreed}
    with pytest.raises(SenderRefused, match=words):
        know_sender(organisation=an_organisation(), by="admin", at=NOON, **told)


def test_who_may_send_is_audited(pas: KnownSender) -> None:
    end_sender(pas, by="admin", why="Replaced.", at=NOON)
    did = AuditEntry.objects.filter(about=f"sender {pas.pk}").order_by("pk")
    assert [(e.who, e.did, e.why) for e in did] == [
        ("test", "let a sender send", ""),
        ("admin", "stopped a sender", "Replaced."),
    ]
    with pytest.raises(SenderRefused, match="known already"):
        a_known_sender()
