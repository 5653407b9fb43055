"""Answers bear the control id that came, say where the fault lies, and keep to the mode asked."""

import hl7
import pytest
from hypothesis import given
from hypothesis import strategies as st

from imparts.gateway.hl7v2.acknowledgement import Answer
from imparts.gateway.hl7v2.answers import write_answers
from imparts.gateway.hl7v2.envelope import read_envelope
from imparts.gateway.hl7v2.message import Message, read_message
from tests.gateway.hl7v2.lines import AT, a_message, said

REFUSED = Answer("AR", "1", "No patient has this number.", "PID[1]-3[2].1", "204")


def _answers(raw: bytes, answer: Answer) -> list[Message]:
    return [
        read_message(each.decode()) for each in write_answers(read_envelope(raw), answer, at=AT)
    ]


def _codes(raw: bytes, code: str) -> list[str]:
    return [said(each)[0] for each in _answers(raw, Answer(code, "1", "Words.", "", "207"))]


def test_an_answer_goes_back_to_whoever_sent() -> None:
    (answer,) = _answers(a_message("77"), Answer("AA", "77"))
    header = answer.header
    assert [header.text(n) for n in (3, 4, 5, 6)] == ["IMPARTS", "RXX", "PAS", "RXX"]
    assert (header.text(9), header.text(9, component=2)) == ("ACK", "A08")
    assert (header.text(11), header.text(12)) == ("P", "2.5.1")
    assert said(answer) == ("AA", "77")
    assert answer.first("ERR") is None


def test_a_refusal_says_where_and_why_as_the_standard_has_it() -> None:
    (answer,) = _answers(a_message("1"), REFUSED)
    error = answer.first("ERR")
    assert error is not None
    assert [error.text(2, component=n) for n in range(1, 6)] == ["PID", "1", "3", "2", "1"]
    assert (error.text(3), error.text(3, component=3), error.text(4)) == ("204", "HL70357", "E")
    assert error.text(8) == answer.first("MSA").text(3) == "No patient has this number."


@pytest.mark.parametrize(
    ("where", "location"),
    [("MSH-10", "MSH^1^10^1"), ("PV1", "PV1^1"), ("PID-3.4", "PID^1^3^1^4"), ("", ""), ("?", "")],
)
def test_places_are_named_by_segment_field_and_component(where: str, location: str) -> None:
    (raw,) = write_answers(read_envelope(a_message()), Answer("AR", "1", "x", where), at=AT)
    error = raw.decode().split("\r")[2]
    assert error.split("|")[2] == location


@pytest.mark.parametrize(
    ("accept", "wants", "done", "not_now", "refused"),
    [
        ("", "", ["AA"], ["AE"], ["AR"]),
        ("AL", "AL", ["CA", "AA"], ["CA", "AE"], ["CA", "AR"]),
        ("AL", "NE", ["CA"], ["CE"], ["CR"]),
        ("NE", "AL", ["AA"], ["AE"], ["AR"]),
        ("NE", "NE", [], ["CE"], ["CR"]),
        ("ER", "ER", [], ["AE"], ["AR"]),
        ("SU", "SU", ["CA", "AA"], ["CE"], ["CR"]),
        ("AL", "ER", ["CA"], ["CA", "AE"], ["CA", "AR"]),
        ("AL", "", ["CA"], ["CE"], ["CR"]),
        ("", "AL", ["AA"], ["AE"], ["AR"]),
        ("GBR", "x", ["AA"], ["AE"], ["AR"]),
    ],
)
def test_in_enhanced_mode_what_is_asked_for_is_answered_and_no_failure_is_swallowed(
    accept: str, wants: str, done: list[str], not_now: list[str], refused: list[str]
) -> None:
    raw = a_message("1", header=f"|||{accept}|{wants}")
    assert _codes(raw, "AA") == done
    assert _codes(raw, "AE") == not_now
    assert _codes(raw, "AR") == refused


def test_an_acknowledgement_is_not_answered() -> None:
    raw = a_message("9", kind="ACK^A08^ACK", rest="MSA|CA|77")
    assert _codes(raw, "AA") == []
    assert read_envelope(raw).is_acknowledgement
    assert not read_envelope(a_message("9", kind="ACK")).is_acknowledgement


@pytest.mark.parametrize("control_id", ["A^B", "A&B~C", "A\\T\\B", "Zoë", "x" * 199, "1 2", "'"])
def test_the_control_id_comes_back_just_as_it_was(control_id: str) -> None:
    (raw,) = write_answers(read_envelope(a_message(control_id)), Answer("AA", control_id), at=AT)
    assert raw.decode().split("\rMSA|AA|")[1].split("\r")[0].split("|")[0] == control_id


def test_other_delimiters_are_understood_and_answered_in_the_usual_ones() -> None:
    raw = b"MSH#*!\\?#PAS#RXX###20261117##ADT*A08#77#P#2.5.1\rEVN#A08\r"
    envelope = read_envelope(raw)
    assert (envelope.application, envelope.control_id, envelope.kind) == ("PAS", "77", "ADT^A08")
    (answer,) = _answers(raw, Answer("AA", "77"))
    assert said(answer) == ("AA", "77")


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"junk", b"MSH", b"MSH|", b"MSH|||||||||77", b"\x00\xff\xfe", b"MSHMSHMSH",
        b"MSH|^~\\&|A\\X00\\|B|||1||ADT^A08|77|P|2.5", b"MSH^~\\&|", b"\xef\xbb\xbf",
        b"MSH|^~\\&|" + b"\xff" * 100 + b"||||||ADT|1", b"M" * 10_000,
    ],
)  # fmt: skip
def test_anything_at_all_is_answered_readably(raw: bytes) -> None:
    (answer,) = _answers(raw, Answer("AR", read_envelope(raw).control_id, "No.", "MSH-9", "200"))
    assert said(answer)[0] == "AR"


@given(st.binary(max_size=300) | st.binary(max_size=200).map(lambda b: b"MSH|^~\\&|" + b))
def test_no_bytes_break_the_reading_of_a_header(raw: bytes) -> None:
    envelope = read_envelope(raw)
    for answer in _answers(raw, Answer("AR", envelope.control_id, "No.", "MSH-9", "200")):
        assert said(answer)[0] in ("AR", "CR")


def test_the_control_id_is_found_in_a_message_that_cannot_be_read() -> None:
    for raw in (
        a_message("77", rest="PID|1||\0"),
        a_message("77", rest="not a segment"),
        a_message("77", rest="PID|1||").replace(b"IMPARTS", b"\xe9\xff"),
        b"\xef\xbb\xbf" + a_message("77"),
        a_message("77").replace(b"ADT", b"A\nDT"),
        a_message("77").replace(b"\r", b"\n"),
        b"BHS|^~\\&|PAS\r" + a_message("77"),
    ):
        assert read_envelope(raw).control_id == "77"


def test_another_reader_of_hl7_understands_the_answer() -> None:
    (raw,) = write_answers(read_envelope(a_message("A\\T\\1")), REFUSED, at=AT)
    read = hl7.parse(raw.decode())
    assert read.segment("MSA")[1][0] == "AR"
    assert str(read.segment("MSA")[2]) == "A\\T\\1"
    assert str(read.segment("ERR")[2]) == "PID^1^3^2^1"
