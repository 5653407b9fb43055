"""A message for the eyes of trust IT keeps its shape and holds nobody (H8)."""

from hypothesis import given
from hypothesis import strategies as st

from imparts.gateway.hl7v2.masking import masked
from imparts.gateway.hl7v2.result_message import write_result
from tests.gateway.samples import COMPLETED_AT, CONTROL_ID, a_phq9

ADT = (
    "MSH|^~\\&|PAS|FHL|IMPARTS|FHL|20261117090000||ADT^A08^ADT_A01|Q1|P|2.5.1|||AL|NE\r"
    "EVN|A08|20261117085900\r"
    'PID|1||F104432^^^FHL^MR~9990000018^^^NHS^NH||Thimblewick^Amara^^^^^L||19610314|F|""||'
    "1 Larch Row^^Fernhollow^^FH1 2AB^GBR^H||07700900123\r"
    "NK1|1|Thimblewick^Basil|SPO\r"
    "ZZZ|Amara was here\r"
)
PERSONAL = (
    "Thimblewick", "Amara", "Basil", "F104432", "9990000018", "19610314", "Larch", "FH1 2AB",
    "07700900123",
)  # fmt: skip


def test_no_name_number_address_or_date_of_birth_is_left() -> None:
    shown = masked(ADT)
    assert [one for one in PERSONAL if one in shown] == []


def test_type_id_time_and_authorities_stand_as_they_came() -> None:
    header, event, person, *_ = masked(ADT).split("\n")
    assert "ADT^A08^ADT_A01|Q1|P|2.5.1" in header
    assert event == "EVN|A08|20261117085900"
    assert "X999999^^^FHL^MR~9999999999^^^NHS^NH" in person


def test_an_instruction_to_delete_is_still_seen() -> None:
    assert '|99999999|X|""|' in masked(ADT)


def test_a_segment_that_nobody_knows_is_masked_whole() -> None:
    assert masked(ADT).split("\n")[-1] == "ZZZ|Xxxxx xxx xxxx"


def test_a_message_that_cannot_be_read_is_masked_whole() -> None:
    assert masked("PID|||Thimblewick\rgarbage 12") == "XXX|||Xxxxxxxxxxx\nxxxxxxx 99"


def test_our_own_result_shows_codes_and_no_answers() -> None:
    shown = masked(write_result(a_phq9(), control_id=CONTROL_ID, made_at=COMPLETED_AT))
    assert CONTROL_ID in shown
    assert "44261-6" in shown
    assert "Dapple" not in shown
    assert "Several days" not in shown


_NAMES = st.characters(exclude_categories=["C", "Z"], exclude_characters="|^~\\&")


@given(st.text(alphabet=_NAMES, min_size=3))
def test_no_letter_or_digit_of_a_name_comes_through(name: str) -> None:
    shown = masked(f"MSH|^~\\&|A|B|C|D|||ADT^A08|1|P|2.5\rPID|||||{name}")
    there = shown.split("\n")[-1].removeprefix("PID|||||")
    assert not [char for char in there if char.isalnum() and char not in "xX9"]
