"""Each way in which the pretend record misbehaves is what it says, seen from a plain socket."""

import socket
import time
from collections.abc import Callable
from http.client import HTTPException

import pytest

from imparts.gateway.hl7v2.frames import frame
from imparts.gateway.pretend_record.fhir.moods import FhirMood
from imparts.gateway.pretend_record.moods import KEEPS_NOTHING, WORDS, Mood
from tests.gateway.conftest import PATIENCE, RunningRecord
from tests.gateway.pretend_record.talking import asked, posted
from tests.gateway.pretend_record.test_fhir import both

Results = Callable[[str], bytes]
BYTES = 6_000_000


def said(record: RunningRecord, message: bytes) -> tuple[bytes, bool]:
    """What comes back until nothing more does, and whether the connection was closed."""
    with socket.create_connection((record.address.host, record.address.port), 2) as line:
        line.sendall(frame(message))
        line.settimeout(PATIENCE / 2)
        heard = b""
        try:
            while len(heard) < BYTES and (piece := line.recv(65536)):
                heard += piece
        except TimeoutError:
            return heard, False
        except ConnectionError:
            return heard, True
        return heard, True


@pytest.mark.parametrize(
    ("mood", "holds", "closes"),
    [
        (Mood.NORMAL, [b"MSA|AA|M1"], False),
        (Mood.NOT_NOW, [b"MSA|AE|M1|The record is busy"], False),
        (Mood.REFUSES, [b"MSA|AR|M1"], False),
        (Mood.ACCEPT_ERROR, [b"MSA|CE|M1"], False),
        (Mood.ACCEPT_REJECT, [b"MSA|CR|M1"], False),
        (Mood.WRONG_ID, [b"MSA|AA|0"], False),
        (Mood.NO_ID, [b"MSA|AA\r"], False),
        (Mood.UNKNOWN_CODE, [b"MSA|OK|M1"], False),
        (Mood.BEFORE, [b"MSA|AA|0", b"MSA|AA|M1"], False),
        (Mood.GARBAGE, [b"HTTP/1.1 400"], False),
        (Mood.CHATTER, [b"\r\n\x0bMSH", b"\x1c\r\r\n\0"], False),
        (Mood.DRIPS, [b"MSA|AA|M1", b"\x1c\r"], False),
    ],
)
def test_an_answer_is_bent_as_its_mood_says(
    mood: Mood, holds: list[bytes], closes: bool, record: RunningRecord, a_result: Results
) -> None:
    record.become(mood)
    heard, closed = said(record, a_result("M1"))
    for each in holds:
        assert each in heard, heard
    assert closed is closes


@pytest.mark.parametrize("mood", [Mood.SILENT, Mood.FORGETS, Mood.LATE])
def test_some_say_nothing_in_time(mood: Mood, record: RunningRecord, a_result: Results) -> None:
    record.become(mood)
    assert said(record, a_result("M1")) == (b"", False)


def test_some_hang_up_without_a_word(record: RunningRecord, a_result: Results) -> None:
    record.become(Mood.HANGS_UP)
    assert said(record, a_result("M1")) == (b"", True)


@pytest.mark.parametrize(("mood", "closes"), [(Mood.CLOSES, True), (Mood.HALF, False)])
def test_half_an_answer_has_no_end(
    mood: Mood, closes: bool, record: RunningRecord, a_result: Results
) -> None:
    record.become(mood)
    heard, closed = said(record, a_result("M1"))
    assert heard.startswith(b"\x0bMSH")
    assert b"\x1c\r" not in heard
    assert closed is closes


@pytest.mark.parametrize("mood", [Mood.TWICE, Mood.REPEATS])
def test_two_answers_come_where_one_was_due(
    mood: Mood, record: RunningRecord, a_result: Results
) -> None:
    record.become(mood)
    heard, _ = said(record, a_result("M1"))
    assert heard.count(b"MSA|AA|M1") == 2


def test_an_answer_can_lack_what_makes_it_one(record: RunningRecord, a_result: Results) -> None:
    record.become(Mood.NO_MSA)
    heard, _ = said(record, a_result("M1"))
    assert b"MSH" in heard
    assert b"MSA" not in heard
    record.become(Mood.BARE)
    heard, _ = said(record, a_result("M2"))
    assert heard.startswith(b"MSH")
    assert b"\x1c" not in heard


def test_an_answer_can_be_without_end(record: RunningRecord, a_result: Results) -> None:
    record.become(Mood.ENDLESS)
    heard, closed = said(record, a_result("M1"))
    assert len(heard) > 1_000_000
    assert b"\x1c" not in heard
    assert closed


def test_every_second_message_is_put_off(record: RunningRecord, a_result: Results) -> None:
    record.become(Mood.EVERY_SECOND)
    codes = [said(record, a_result(f"M{n}"))[0].split(b"MSA|")[1][:2] for n in range(4)]
    assert codes == [b"AA", b"AE", b"AA", b"AE"]


def test_a_deaf_record_takes_the_connection_and_nothing_else(
    record: RunningRecord, a_result: Results
) -> None:
    record.become(Mood.DEAF, times=1)
    heard, _ = said(record, a_result("M1"))
    assert heard == b""
    assert record.entries == []


@pytest.mark.parametrize("mood", [each for each in Mood if each not in (Mood.DOWN, Mood.DEAF)])
def test_what_is_said_to_be_stored_is_stored_and_nothing_else(
    mood: Mood, record: RunningRecord, a_result: Results
) -> None:
    record.become(mood, times=1)
    with socket.create_connection((record.address.host, record.address.port), 2) as line:
        line.sendall(frame(a_result("M1")))
        until = time.monotonic() + 5
        while not record.entries and time.monotonic() < until:
            time.sleep(0.005)
    assert len(record.entries) == 1
    assert record.kept == ([] if mood in KEEPS_NOTHING else ["M1"])


def test_each_mood_has_words_and_there_are_more_than_twenty() -> None:
    assert set(WORDS) == set(Mood)
    assert len(set(WORDS.values())) == len(WORDS) > 21


@pytest.mark.parametrize(
    ("mood", "status"),
    [
        (FhirMood.NORMAL, 200), (FhirMood.SLOW, 200), (FhirMood.BUSY, 503),
        (FhirMood.TOO_MANY, 429), (FhirMood.BROKEN, 500), (FhirMood.REFUSES, 422),
        (FhirMood.CLOSED_DOOR, 401), (FhirMood.PROXY, 502), (FhirMood.WRONG_LOCATION, 200),
    ],
)  # fmt: skip
def test_the_fhir_side_misbehaves_too(mood: FhirMood, status: int, record: RunningRecord) -> None:
    record.become_fhir(mood, times=1)
    assert posted(record.page + "/fhir", both()).status == status
    stored = asked(record.page + "/fhir/Observation").json["total"]
    assert stored == (1 if status == 200 else 0)


@pytest.mark.parametrize("mood", [FhirMood.HANGS_UP, FhirMood.SILENT, FhirMood.CUT_SHORT])
def test_the_fhir_side_hangs_up_and_keeps_what_it_says_it_keeps(
    mood: FhirMood, record: RunningRecord
) -> None:
    record.become_fhir(mood, times=1)
    with pytest.raises((OSError, HTTPException)) as wrong:
        posted(record.page + "/fhir", both()).json  # noqa: B018 reading it is what fails
    assert wrong.value is not None
    stored = asked(record.page + "/fhir/Observation").json["total"]
    assert stored == (0 if mood is FhirMood.HANGS_UP else 1)


def test_an_answer_that_is_no_json_comes_after_all_was_stored(record: RunningRecord) -> None:
    record.become_fhir(FhirMood.GARBAGE, times=1)
    assert posted(record.page + "/fhir", both()).text == "no JSON <"
    assert asked(record.page + "/fhir/Observation").json["total"] == 1
