"""Frames are found however the bytes arrive, stray bytes are counted, and memory stays small."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imparts.gateway.hl7v2.frames import FrameReader, FrameTooLong, frame

PAYLOADS = st.lists(st.binary(max_size=40).filter(lambda b: b"\x0b" not in b and b"\x1c" not in b))


@given(PAYLOADS, st.lists(st.integers(0, 2000)))
def test_messages_are_found_however_the_bytes_are_cut(
    payloads: list[bytes], cuts: list[int]
) -> None:
    stream = b"".join(frame(payload) for payload in payloads)
    places = sorted({0, len(stream), *(cut for cut in cuts if cut < len(stream))})
    reader = FrameReader()
    found = [message for a, b in pairwise(places) for message in reader.feed(stream[a:b])]
    assert found == payloads
    assert reader.dropped == 0
    assert reader.is_empty


def test_stray_bytes_around_messages_are_dropped_and_counted() -> None:
    reader = FrameReader()
    assert reader.feed(b"\r\njunk" + frame(b"one") + b"\n" + frame(b"two") + b"tail") == [
        b"one",
        b"two",
    ]
    assert reader.dropped == 6 + 1 + 4


def test_a_message_begun_again_is_read_from_its_second_start() -> None:
    reader = FrameReader()
    assert reader.feed(b"\x0bhalf a mess") == []
    assert reader.feed(b"age\x0bwhole\x1c\x0d") == [b"whole"]
    assert reader.dropped == len(b"half a message")


def test_a_lone_end_byte_does_not_end_a_message() -> None:
    reader = FrameReader()
    assert reader.feed(b"\x0bone\x1c") == []
    assert reader.feed(b"two\x1c\x0d") == [b"one\x1ctwo"]


def test_an_end_cut_in_two_is_an_end() -> None:
    reader = FrameReader()
    assert reader.feed(b"\x0bone\x1c") == []
    assert reader.feed(b"\x0d") == [b"one"]


def test_a_message_without_an_end_is_given_up_at_the_limit() -> None:
    reader = FrameReader(limit=1000)
    assert reader.feed(b"\x0b" + b"x" * 990) == []
    with pytest.raises(FrameTooLong, match="more than 1000 bytes"):
        reader.feed(b"x" * 20)
    with pytest.raises(FrameTooLong):
        FrameReader(limit=1000).feed(frame(b"x" * 1001))
    assert FrameReader(limit=1000).feed(frame(b"x" * 1000)) == [b"x" * 1000]


def test_junk_outside_messages_is_not_kept() -> None:
    reader = FrameReader(limit=10)
    for _ in range(100):
        assert reader.feed(b"junk" * 10) == []
    assert reader.dropped == 4000


def test_a_payload_with_framing_bytes_is_refused() -> None:
    for payload in (b"a\x0bb", b"a\x1c\x0db"):
        with pytest.raises(ValueError, match="framing bytes"):
            frame(payload)
