"""The listener answers each message in order, however its bytes arrive, and outlives every peer."""

import contextlib
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from imparts.gateway.hl7v2.frames import END, START, frame
from imparts.gateway.hl7v2.listener import Patience, Peer
from imparts.gateway.hl7v2.who_may_connect import read_networks
from tests.gateway.hl7v2.lines import LONG, SHORT, Line, RunningListener, a_message, said, taken


@pytest.fixture
def listener() -> Iterator[RunningListener]:
    running = RunningListener()
    yield running
    running.stop()


@pytest.fixture
def impatient() -> Iterator[RunningListener]:
    running = RunningListener(patience=SHORT, limit=10_000)
    yield running
    running.stop()


def _still_answers(listener: RunningListener) -> bool:
    with listener.line() as line:
        return said(line.ask(a_message("alive"))) == ("AA", "alive")


def test_one_connection_carries_many_messages(listener: RunningListener) -> None:
    with listener.line() as line:
        answers = [said(line.ask(a_message(str(number)))) for number in range(50)]
    assert answers == [("AA", str(number)) for number in range(50)]


def test_messages_sent_together_are_answered_in_order(listener: RunningListener) -> None:
    with listener.line() as line:
        line.send(b"".join(frame(a_message(str(number))) for number in range(50)))
        assert [said(line.answer()) for _ in range(50)] == [("AA", str(n)) for n in range(50)]


def test_a_message_may_come_byte_by_byte(listener: RunningListener) -> None:
    with listener.line() as line:
        for byte in frame(a_message("slow")):
            line.send(bytes([byte]))
        assert said(line.answer()) == ("AA", "slow")


def test_a_slow_message_does_not_hold_up_another_connection() -> None:
    def slow(raw: bytes, peer: Peer) -> list[bytes]:
        if b"|slow|" in raw:
            time.sleep(0.6)
        return taken(raw, peer)

    listener = RunningListener(answer=slow)
    with listener.line() as held, listener.line() as quick:
        held.send(frame(a_message("slow")) + frame(a_message("after")))
        began = time.monotonic()
        assert said(quick.ask(a_message("quick"))) == ("AA", "quick")
        assert time.monotonic() - began < 0.5
        assert [said(held.answer()), said(held.answer())] == [("AA", "slow"), ("AA", "after")]
    listener.stop()


def test_line_ends_between_messages_mean_nothing(listener: RunningListener) -> None:
    with listener.line() as line:
        line.send(b"\r\n" + frame(a_message("1")) + b"\n\n")
        assert said(line.answer()) == ("AA", "1")
        assert said(line.ask(a_message("2"))) == ("AA", "2")


def test_a_message_without_its_first_byte_is_answered_and_not_taken(
    listener: RunningListener,
) -> None:
    with listener.line() as line:
        line.send(a_message("bare") + END)
        answer = line.answer()
        assert said(answer) == ("AR", "bare")
        assert "begins a frame" in answer.first("MSA").text(3)
        assert said(line.ask(a_message("next"))) == ("AA", "next")


def test_a_message_without_its_last_byte_is_taken_once_its_sender_waits(
    listener: RunningListener,
) -> None:
    with listener.line() as line:
        line.send(START + a_message("no-cr") + END[:1])
        assert said(line.answer()) == ("AA", "no-cr")
        assert said(line.ask(a_message("next"))) == ("AA", "next")


def test_a_message_that_does_not_end_is_answered_and_the_connection_closed(
    impatient: RunningListener,
) -> None:
    with impatient.line() as line:
        line.send(START + a_message("endless"))
        assert said(line.answer()) == ("AR", "endless")
        assert line.is_closed_within(2)
    assert _still_answers(impatient)


def test_a_message_that_drips_gets_no_more_time(impatient: RunningListener) -> None:
    with impatient.line() as line:
        began = time.monotonic()
        with pytest.raises(ConnectionError):
            for byte in START + a_message("drip") * 3:
                line.send(bytes([byte]))
                time.sleep(0.05)
        assert time.monotonic() - began < 4


def test_a_byte_that_begins_a_frame_inside_a_message_is_refused_by_its_control_id(
    listener: RunningListener,
) -> None:
    with listener.line() as line:
        line.send(frame(b"")[:1] + a_message("broken", rest="PID|1||\x0b||X") + END)
        assert said(line.answer()) == ("AR", "broken")
        assert said(line.ask(a_message("next"))) == ("AA", "next")


def test_a_message_begun_again_is_answered_once(listener: RunningListener) -> None:
    with listener.line() as line:
        line.send(START + a_message("half")[:60] + frame(a_message("whole")))
        assert said(line.answer()) == ("AA", "whole")
        assert said(line.ask(a_message("next"))) == ("AA", "next")


def test_a_message_longer_than_the_limit_is_refused_even_while_it_is_sent(
    impatient: RunningListener,
) -> None:
    with impatient.line() as line:
        line.send(frame(a_message("first")) + frame(a_message("long", rest="Z" * 200_000)))
        assert said(line.answer()) == ("AA", "first")
        answer = line.answer()
        assert said(answer) == ("AR", "long")
        assert "longer than 10000 bytes" in answer.first("ERR").text(8)
        assert line.is_closed_within(3)
    assert _still_answers(impatient)


def test_a_silent_connection_is_closed(impatient: RunningListener) -> None:
    with impatient.line() as line:
        assert said(line.ask(a_message("1"))) == ("AA", "1")
        assert line.is_closed_within(4)


def test_a_peer_that_reads_no_answers_is_given_up() -> None:
    long_answer, asked = b"x" * 200_000, 100
    listener = RunningListener(answer=lambda raw, peer: [long_answer], patience=SHORT)
    with listener.line() as line:
        line.send(frame(a_message("1")) * asked)
        time.sleep(SHORT.write * 4)  # and reads nothing meanwhile
        line.socket.settimeout(10)
        assert _everything_from(line) < asked * len(long_answer)
    with listener.line() as line:
        line.send(frame(a_message("2")))
        assert line.socket.recv(1) == START
    listener.stop()


def _everything_from(line: Line) -> int:
    """How many bytes come until the listener has hung up."""
    count = 0
    with contextlib.suppress(ConnectionError):
        while piece := line.socket.recv(65536):
            count += len(piece)
    return count


def test_more_connections_than_there_may_be_are_closed() -> None:
    listener = RunningListener(patience=Patience(connections=3))
    lines = [listener.line() for _ in range(3)]
    assert [said(line.ask(a_message("1"))) for line in lines] == [("AA", "1")] * 3
    with listener.line() as fourth:
        assert fourth.is_closed_within(3)
    lines[0].socket.close()
    time.sleep(0.2)
    assert _still_answers(listener)
    for line in lines:
        line.socket.close()
    listener.stop()


def test_only_named_addresses_may_connect() -> None:
    listener = RunningListener(allowed=read_networks("10.9.8.0/24", setting="X"))
    with listener.line() as line:
        assert line.is_closed_within(3)
    listener.stop()
    listener = RunningListener(allowed=read_networks("10.9.8.0/24,127.0.0.1", setting="X"))
    assert _still_answers(listener)
    listener.stop()


def test_when_it_stops_the_message_in_hand_is_answered_and_no_other() -> None:
    seen: list[bytes] = []

    def slow(raw: bytes, peer: Peer) -> list[bytes]:
        seen.append(raw)
        time.sleep(0.4)
        return taken(raw, peer)

    listener = RunningListener(answer=slow, patience=LONG)
    with listener.line() as line, listener.line() as idle:
        line.send(frame(a_message("1")) + frame(a_message("2")))
        time.sleep(0.2)
        began = time.monotonic()
        listener.stop(within=5)
        assert time.monotonic() - began < 3
        assert said(line.answer()) == ("AA", "1")
        assert line.is_closed_within(1)
        assert idle.is_closed_within(1)
    assert len(seen) == 1


def test_a_mistake_of_ours_closes_one_connection_only() -> None:
    def wrong(raw: bytes, peer: Peer) -> list[bytes]:
        if b"|bad|" in raw:
            raise RuntimeError("ours")
        return taken(raw, peer)

    listener = RunningListener(answer=wrong)
    with listener.line() as line:
        line.send(frame(a_message("bad")))
        assert line.is_closed_within(3)
    assert _still_answers(listener)
    listener.stop()


def test_a_peer_that_vanishes_leaves_nothing_behind(listener: RunningListener) -> None:
    for end in (START + a_message("half"), frame(a_message("whole")), b"", b"junk"):
        gone = Line(listener.port)
        gone.socket.setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00"
        )
        gone.send(end)
        gone.socket.close()
    assert _still_answers(listener)


def test_the_network_is_asked_whether_a_silent_peer_is_still_there(
    listener: RunningListener,
) -> None:
    with listener.line() as line:
        assert said(line.ask(a_message("1"))) == ("AA", "1")
        time.sleep(0.3)  # until nothing waits to be acknowledged by the network itself
        assert _timers_of(listener.port) == ["02"], "the kernel's own number for keep-alive"


def _timers_of(port: int) -> list[str]:
    """The running timers of established connections of a port, from the kernel's own list."""
    rows = [row.split() for row in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    ours = [row for row in rows if row[1].endswith(f":{port:04X}") and row[3] == "01"]
    return [row[5].split(":")[0] for row in ours]
