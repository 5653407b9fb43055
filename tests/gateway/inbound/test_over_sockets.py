"""Over real sockets into the real database: order, beside each other, repeats, and no database."""

import threading
from collections.abc import Callable

import hl7.client
import pytest
from django.db import OperationalError

from imparts.gateway.hl7v2.frames import frame
from imparts.gateway.inbound.models import Became, KnownSender, ReceivedMessage
from tests.gateway.hl7v2.lines import RunningListener, a_message, said
from tests.gateway.inbound.standing_in import StandIn, a_known_sender

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def committed_pas(transactional_db: None) -> KnownSender:
    """The known sender, where other connections see it."""
    return a_known_sender()


def test_many_messages_on_one_connection_are_kept_and_applied_in_order(
    listener: RunningListener, committed_pas: KnownSender, applied: StandIn
) -> None:
    ids = [str(number) for number in range(30)]
    with listener.line() as line:
        line.send(b"".join(frame(a_message(each)) for each in ids))
        assert [said(line.answer()) for _ in ids] == [("AA", each) for each in ids]
    assert applied.asked == ids
    kept = ReceivedMessage.objects.order_by("pk").values_list("control_id", flat=True)
    assert list(kept) == ids


def test_the_same_message_on_two_connections_at_once_is_applied_once(
    listener: RunningListener, committed_pas: KnownSender, applied: StandIn
) -> None:
    answers: list[tuple[str, str]] = []

    def ask() -> None:
        with listener.line() as line:
            answers.extend(said(line.ask(a_message(str(number)))) for number in range(10))

    together(ask, ask, ask)
    assert sorted(answers) == sorted([("AA", str(n)) for n in range(10)] * 3)
    assert sorted(applied.asked) == sorted(str(n) for n in range(10))
    assert ReceivedMessage.objects.filter(is_first=True).count() == 10
    assert ReceivedMessage.objects.filter(repeat_of__isnull=False).count() == 20


def test_one_control_id_with_two_contents_at_once_is_taken_for_one_of_them(
    listener: RunningListener, committed_pas: KnownSender, applied: StandIn
) -> None:
    answers: list[str] = []

    def ask(rest: str) -> Callable[[], None]:
        def asks() -> None:
            with listener.line() as line:
                answers.append(said(line.ask(a_message("1", rest=rest)))[0])

        return asks

    together(ask("PID|1||A"), ask("PID|1||B"))
    assert sorted(answers) == ["AA", "AR"]
    assert applied.asked == ["1"]


def test_without_a_database_the_sender_is_told_to_send_again(
    listener: RunningListener,
    committed_pas: KnownSender,
    applied: StandIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away(*_: object) -> None:
        raise OperationalError("the connection is closed")

    with listener.line() as line:
        with monkeypatch.context() as broken:
            broken.setattr("imparts.gateway.inbound.actions.receiving.known_sender", away)
            answer = line.ask(a_message("1"))
            assert said(answer) == ("AE", "1")
            assert answer.first("MSA").text(3) == "The message could not be kept. Send it again."
        assert ReceivedMessage.objects.count() == 0
        assert said(line.ask(a_message("1"))) == ("AA", "1")


def test_an_error_that_nobody_foresaw_is_answered_too(
    listener: RunningListener,
    committed_pas: KnownSender,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def wrong(*_: object) -> None:
        raise KeyError("ours")

    monkeypatch.setattr("imparts.gateway.inbound.actions.receiving.known_sender", wrong)
    with listener.line() as line:
        assert said(line.ask(a_message("1"))) == ("AE", "1")


def test_enhanced_mode_gets_both_answers_on_the_connection(
    listener: RunningListener, committed_pas: KnownSender, applied: StandIn
) -> None:
    with listener.line() as line:
        first = line.ask(a_message("1", header="|||AL|AL"))
        assert (said(first), said(line.answer())) == (("CA", "1"), ("AA", "1"))
        line.send(frame(a_message("2", kind="ACK^A08^ACK", rest="MSA|CA|x")))
        line.send(frame(a_message("3", header="|||NE|NE")))
        assert said(line.ask(a_message("4"))) == ("AA", "4")
    assert applied.asked == ["1", "3", "4"]


def test_what_is_cut_short_is_kept_and_shown(
    listener: RunningListener, committed_pas: KnownSender, applied: StandIn
) -> None:
    with listener.line() as line:
        line.send(a_message("bare") + b"\x1c\r")
        assert said(line.answer()) == ("AR", "bare")
    kept = ReceivedMessage.objects.get()
    assert (kept.control_id, kept.is_first) == ("bare", False)
    assert Became.objects.get().words.endswith("the byte that begins a frame.")


def test_the_client_of_another_library_is_understood(
    listener: RunningListener, committed_pas: KnownSender, applied: StandIn
) -> None:
    with hl7.client.MLLPClient("127.0.0.1", listener.port) as client:
        for number in range(3):
            answer = hl7.parse(
                client.send_message(a_message(str(number)).decode()).strip(b"\x0b\x1c\r")
            )
            assert str(answer.segment("MSA")[1]) == "AA"
            assert str(answer.segment("MSA")[2]) == str(number)
    assert applied.asked == ["0", "1", "2"]


def together(*asks: Callable[[], None]) -> None:
    """All of them at the same time."""
    threads = [threading.Thread(target=ask) for ask in asks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
        assert not thread.is_alive()
