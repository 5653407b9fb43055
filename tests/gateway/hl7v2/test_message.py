"""Messages go to text and back; no text that a person typed can begin a field or a segment."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imparts.gateway.hl7v2.charsets import decode_message
from imparts.gateway.hl7v2.escapes import DELETE, MessageRefused, escaped, unescaped
from imparts.gateway.hl7v2.frames import frame
from imparts.gateway.hl7v2.message import Message, header, read_message, segment, write_message

# Everything that may be sent: no NUL, no halves of surrogate pairs; delimiters come often.
TYPED = st.text(
    st.one_of(
        st.sampled_from('|^~\\&"\r\n\x0b\x1c\u2028\x85'),
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    )
)
HEADER = header({3: "IMPARTS", 10: "1", 18: "UNICODE UTF-8"})


@given(TYPED)
def test_any_text_comes_back_as_it_was(text: str) -> None:
    written = write_message(Message((HEADER, segment("NTE", {3: text}))))
    assert read_message(written).segments[1].text(3) == text


@given(TYPED)
def test_no_text_can_begin_a_field_or_a_segment(text: str) -> None:
    written = write_message(Message((HEADER, segment("PID", {5: (text, text), 7: "19610314"}))))
    assert written.count("\r") == 2
    assert len(written.splitlines()) == 2, "whatever ends a line for some reader is escaped"
    pid = read_message(written).segments[1]
    assert pid.text(7) == "19610314"
    assert len(pid.fields) == 7


@given(TYPED)
def test_no_text_holds_the_bytes_that_frame_a_message(text: str) -> None:
    assert frame(write_message(Message((HEADER, segment("NTE", {3: text})))).encode())


@given(st.lists(st.lists(st.lists(TYPED, max_size=3), max_size=3), max_size=3))
def test_any_message_comes_back_as_it_was(field: list[list[list[str]]]) -> None:
    made = segment("ZZZ", {2: [tuple(tuple(part) for part in r) for r in field], 3: "end"})
    message = Message((HEADER, made))
    assert read_message(write_message(message)) == message


def test_smuggled_segments_stay_inside_their_value() -> None:
    name = "Moss\rOBX|1|NM|44261-6||27||||||F"
    written = write_message(Message((HEADER, segment("PID", {5: (name, r"\X0D\OBX\F\1")}))))
    assert [each.name for each in read_message(written).segments] == ["MSH", "PID"]
    assert r"\X0D\OBX\F\1" in written
    assert read_message(written).segments[1].text(5, component=2) == r"\X0D\OBX\F\1"


def test_nul_and_half_characters_are_refused_in_words() -> None:
    with pytest.raises(MessageRefused, match="NUL"):
        escaped("a\0b")
    with pytest.raises(MessageRefused, match="half of a character"):
        escaped("a\ud83db")
    with pytest.raises(MessageRefused, match="NUL"):
        read_message("MSH|^~\\&|\rNTE|1||a\0b")
    with pytest.raises(MessageRefused, match="NUL"):
        unescaped(r"a\X00\b")


def test_two_typed_quotes_do_not_ask_the_record_to_delete() -> None:
    written = write_message(Message((HEADER, segment("PID", {5: '""', 7: DELETE}))))
    assert written.split("\r")[1] == r'PID|||||\X22\\X22\||""'
    pid = read_message(written).segments[1]
    assert (pid.text(5), pid.is_deleted(5)) == ('""', False)
    assert (pid.text(7), pid.is_deleted(7)) == ("", True)


def test_fields_are_counted_as_the_standard_counts_them() -> None:
    message = read_message("MSH|^~\\&|A|B|||20260314||ADT^A01|77|P|2.4\rPID|1||9^^^NHS^NH~8^^^X^MR")
    assert message.header.text(1) == "|"
    assert message.header.text(2) == "^~\\&"
    assert message.header.text(3) == "A"
    assert message.header.text(9, component=2) == "A01"
    pid = message.first("PID")
    assert pid is not None
    assert pid.count(3) == 2
    assert pid.text(3, repetition=2, component=5) == "MR"
    assert pid.text(3, repetition=3) == pid.text(40) == ""


def test_other_delimiters_are_read_and_the_usual_ones_written() -> None:
    message = read_message("MSH#*!\\@#A#B\rPID#1##9***NHS!8#\\F\\|")
    pid = message.segments[1]
    assert pid.text(3, repetition=1, component=4) == "NHS"
    assert pid.text(4) == "#|"
    assert write_message(message) == "MSH|^~\\&|A|B\rPID|1||9^^^NHS~8|#\\F\\\r"


def test_line_ends_of_other_systems_and_empty_lines_are_read() -> None:
    for end in ("\r", "\n", "\r\n", "\r\r\n"):
        message = read_message(f"MSH|^~\\&|A{end}EVN|A01{end}PID|1{end}")
        assert [each.name for each in message.segments] == ["MSH", "EVN", "PID"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "begin with MSH"),
        ("PID|1", "begin with MSH"),
        ("MSH", "delimiters"),
        ("MSH|^~\\", "delimiters"),
        ("MSH|^^\\&|A", "delimiters"),
        ("MSHA^~\\&A", "delimiters"),
        ("MSH|^~$&|A", "backslash"),
        ("MSH|^~\\&|A\rMSH|^~\\&|B", "segment 2 is a second MSH"),
        ("MSH|^~\\&|A\rPID|1\rSecret name", "segment 3 does not begin with a segment name"),
    ],
)
def test_what_is_no_message_is_refused_without_quoting_it(text: str, why: str) -> None:
    with pytest.raises(MessageRefused, match=why) as refused:
        read_message(text)
    assert "Secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("named", "codec"),
    [("UNICODE UTF-8", "utf-8"), ("8859/1", "iso8859-1"), ("", "utf-8"), ("ASCII~8859/1", "utf-8")],
)
def test_the_character_set_named_in_the_message_is_used(named: str, codec: str) -> None:
    text = "MSH|^~\\&|" + "|" * 15 + f"{named}\rPID|1||||Zoë"
    assert decode_message(text.encode(codec)) == text


def test_bytes_of_another_character_set_are_refused_not_guessed() -> None:
    text = "MSH|^~\\&|" + "|" * 15 + "UNICODE UTF-8\rPID|1||||Zoë"
    with pytest.raises(MessageRefused, match="byte 50 of the message"):
        decode_message(text.encode("iso8859-1"))
    with pytest.raises(MessageRefused, match="does not read"):
        decode_message(text.replace("UNICODE UTF-8", "ISO IR87").encode())
