"""The sender and a record in every mood, over real sockets: only the right answer counts (H5)."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from imparts.gateway.hl7v2.address import Address
from imparts.gateway.hl7v2.frames import frame
from imparts.gateway.hl7v2.sender import Sender
from imparts.gateway.outcomes import Outcome
from imparts.gateway.pretend_record.moods import Mood
from tests.gateway.conftest import PATIENCE, RunningRecord

Results = Callable[[str], bytes]


def send(sender: Sender, a_result: Results, control_id: str) -> Outcome:
    return sender.send(a_result(control_id), control_id=control_id).outcome


def test_a_message_is_taken_over_a_connection_that_stays_open(
    record: RunningRecord, sender: Sender, a_result: Results
) -> None:
    assert [send(sender, a_result, name) for name in ("M1", "M2", "M3")] == [Outcome.TAKEN] * 3
    assert record.kept == ["M1", "M2", "M3"]
    assert record.entries[0].text.encode() == a_result("M1")


def test_a_slow_answer_is_waited_for(
    record: RunningRecord, sender: Sender, a_result: Results
) -> None:
    record.become(Mood.SLOW)
    assert send(sender, a_result, "M1") is Outcome.TAKEN


def test_not_now_and_never_are_told_apart_in_the_records_words(
    record: RunningRecord, sender: Sender, a_result: Results
) -> None:
    record.become(Mood.NOT_NOW, times=1)
    busy = sender.send(a_result("M1"), control_id="M1")
    assert busy.outcome is Outcome.NOT_THIS_TIME
    assert busy.words == "AE: The record is busy. Try again later."
    record.become(Mood.REFUSES, times=1)
    never = sender.send(a_result("M2"), control_id="M2")
    assert never.outcome is Outcome.REFUSED
    assert never.words == "AR: This record does not know the patient."
    assert record.kept == []
    assert send(sender, a_result, "M1") is Outcome.TAKEN


@pytest.mark.parametrize("mood", [Mood.SILENT, Mood.CLOSES, Mood.LATE])
def test_without_a_whole_answer_the_same_message_is_sent_again_and_stored_once(
    mood: Mood, record: RunningRecord, sender: Sender, a_result: Results
) -> None:
    record.become(mood, times=1)
    assert send(sender, a_result, "M1") is Outcome.NO_ANSWER
    assert send(sender, a_result, "M1") is Outcome.TAKEN
    first, second = record.entries
    assert first.text == second.text
    assert (first.is_repeat, second.is_repeat) == (False, True)
    assert record.kept == ["M1"]


def test_a_late_answer_never_counts_for_the_next_message(
    record: RunningRecord, sender: Sender, a_result: Results
) -> None:
    record.become(Mood.LATE, times=1)
    assert send(sender, a_result, "M1") is Outcome.NO_ANSWER
    record.become(Mood.REFUSES, times=1)
    assert send(sender, a_result, "M2") is Outcome.REFUSED, "not M1's late AA"


def test_an_answer_for_another_message_never_counts(
    record: RunningRecord, sender: Sender, a_result: Results
) -> None:
    assert send(sender, a_result, "M1") is Outcome.TAKEN
    record.become(Mood.WRONG_ID, times=1)
    told = sender.send(a_result("M2"), control_id="M2")
    assert (told.outcome, told.words) == (
        Outcome.NO_ANSWER,
        "the record answered for another message",
    )
    assert send(sender, a_result, "M2") is Outcome.TAKEN
    assert record.kept == ["M1", "M2"]


def test_a_second_answer_never_counts_for_the_next_message(
    record: RunningRecord, sender: Sender, a_result: Results
) -> None:
    record.become(Mood.TWICE)
    assert [send(sender, a_result, name) for name in ("M1", "M2", "M3")] == [Outcome.TAKEN] * 3
    record.become(Mood.SILENT)
    assert send(sender, a_result, "M4") is Outcome.NO_ANSWER


def test_a_record_that_is_down_is_found_again_when_it_is_back(
    record: RunningRecord, sender: Sender, a_result: Results
) -> None:
    assert send(sender, a_result, "M1") is Outcome.TAKEN
    record.become(Mood.DOWN)
    told = sender.send(a_result("M2"), control_id="M2")
    assert told.outcome is Outcome.NO_ANSWER
    assert "cannot be reached" in told.words
    record.become(Mood.NORMAL)
    assert send(sender, a_result, "M2") is Outcome.TAKEN


@contextmanager
def a_peer_that_says(*pieces: bytes, closes: bool = False) -> Iterator[Address]:
    """One connection: reads something, then says these pieces, a little apart."""
    listening = socket.create_server(("127.0.0.1", 0))
    done = threading.Event()

    def speak() -> None:
        connection, _ = listening.accept()
        with connection, suppress(ConnectionError):  # the sender hangs up on what it dislikes
            connection.recv(100_000)
            for piece in pieces:
                connection.sendall(piece)
                done.wait(0.02)
            if not closes:
                done.wait(10)

    speaking = threading.Thread(target=speak)
    speaking.start()
    try:
        yield Address(*listening.getsockname())
    finally:
        done.set()
        speaking.join()
        listening.close()


def an_answer(code: str = "AA", control_id: str = "M1") -> bytes:
    return f"MSH|^~\\&|EPR|X|||20260714||ACK|7|P|2.5.1\rMSA|{code}|{control_id}|why\r".encode()


def told_by(address: Address, patience: float = PATIENCE) -> tuple[Outcome, str]:
    with Sender(address, seconds_to_answer=patience) as sender:
        told = sender.send(b"MSH|^~\\&|", control_id="M1")
    return told.outcome, told.words


def test_an_answer_in_pieces_and_among_stray_bytes_is_understood() -> None:
    whole = b"\r\n" + frame(an_answer())
    with a_peer_that_says(whole[:5], whole[5:30], whole[30:-1], whole[-1:]) as address:
        assert told_by(address)[0] is Outcome.TAKEN


def test_after_one_answer_too_many_the_connection_is_dropped_at_once() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as listening,
        Sender(Address(*listening.getsockname()), seconds_to_answer=5) as sender,
    ):
        speaking = threading.Thread(target=_say_one_and_a_half, args=[listening])
        speaking.start()
        assert sender.send(b"MSH|^~\\&|", control_id="M1").outcome is Outcome.TAKEN
        speaking.join(timeout=5)
        assert not speaking.is_alive(), "the sender hung up by itself"


def _say_one_and_a_half(listening: socket.socket) -> None:
    connection, _ = listening.accept()
    with connection:
        connection.recv(100_000)
        connection.sendall(frame(an_answer()) + frame(an_answer())[:20])
        assert connection.recv(1) == b""


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("CA", Outcome.TAKEN),
        ("aa", Outcome.TAKEN),
        ("CE", Outcome.NOT_THIS_TIME),
        ("CR", Outcome.REFUSED),
    ],
)
def test_the_enhanced_codes_mean_the_same(code: str, outcome: Outcome) -> None:
    with a_peer_that_says(frame(an_answer(code))) as address:
        assert told_by(address)[0] is outcome


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (frame(b"HTTP/1.1 400 Bad Request"), "does not begin with MSH"),
        (frame(b"MSH|^~\\&|EPR\r"), "no MSA"),
        (frame(an_answer("OK")), "MSA-1 is not one of"),
        (frame(an_answer(control_id="")), "another message"),
        (frame(an_answer(control_id="M1x")), "another message"),
        (frame(b"MSH|^~\\&|\xff\r"), "character set"),
        (b"\x0b" + b"x" * 70_000, "longer than an answer"),
        (b"no frame at all", "no answer within"),
        (frame(an_answer())[:-1], "no answer within"),
    ],
)
def test_what_is_no_right_answer_never_counts_and_is_told_in_words(said: bytes, why: str) -> None:
    with a_peer_that_says(said) as address:
        outcome, words = told_by(address)
    assert outcome is Outcome.NO_ANSWER
    assert why in words


def test_a_record_that_drips_bytes_gets_no_more_time_than_another() -> None:
    with a_peer_that_says(*[b"\x0b"] * 200) as address:
        assert told_by(address, patience=0.1) == (
            Outcome.NO_ANSWER,
            "no answer within 0.1 seconds",
        )


def test_a_record_that_hangs_up_without_a_word_is_told_apart() -> None:
    with a_peer_that_says(closes=True) as address:
        assert told_by(address)[1] == "the record closed the connection without an answer"


def test_the_records_reasons_are_collected_from_its_err_segments() -> None:
    said = an_answer("AR") + b"ERR||PID^1^3|204^Unknown key^HL70357|E||||No such person\r"
    with a_peer_that_says(frame(said)) as address:
        assert told_by(address) == (Outcome.REFUSED, "AR: why; No such person; Unknown key")


def test_an_address_that_is_none_is_explained() -> None:
    assert Address.named("[::1]:2575") == Address("::1", 2575)
    for wrong in ("", "2575", "host:", "host:0", "host:70000"):
        with pytest.raises(ValueError, match="must look like"):
            Address.named(wrong)
