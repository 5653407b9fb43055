"""The result message says what the facts say, and another reader of HL7 understands the same."""

from dataclasses import replace
from datetime import UTC, datetime

import hl7
import pytest
from hypothesis import given
from hypothesis import strategies as st

from imparts.gateway.hl7v2.message import Message, Segment, read_message
from imparts.gateway.hl7v2.result_message import write_result
from imparts.rules.record.result_facts import IdentifierFacts, ItemFacts, ResultFacts
from tests.gateway.samples import (
    CONTROL_ID,
    PATIENT,
    a_pain_score,
    a_phq9,
    a_profile,
    a_smoking_status,
    an_estimate,
    an_incomplete,
    in_two_parts,
)

MADE_AT = datetime(2026, 7, 14, 8, 58, 4, tzinfo=UTC)


def written(facts: ResultFacts) -> str:
    return write_result(facts, control_id=CONTROL_ID, made_at=MADE_AT)


def read(facts: ResultFacts) -> Message:
    return read_message(written(facts))


def lines(facts: ResultFacts, name: str) -> list[str]:
    return [line for line in written(facts).split("\r") if line.startswith(name)]


def observation(facts: ResultFacts, code: str) -> Segment:
    """The OBX of one item, by our own code or the first."""
    found = [
        obx for obx in read(facts).every("OBX") if code in (obx.text(3), obx.text(3, component=4))
    ]
    assert len(found) == 1
    return found[0]


def test_a_complete_result_is_final_and_whole() -> None:
    message = read(a_phq9())
    names = [each.name for each in message.segments]
    assert names[:5] == ["MSH", "PID", "PV1", "ORC", "OBR"]
    assert names.count("OBX") == 1 + 1 + 9
    assert {obx.text(11) for obx in message.every("OBX")} == {"F"}
    assert [obx.text(1) for obx in message.every("OBX")] == [str(n) for n in range(1, 12)]


def test_the_header_names_version_character_set_and_control_id() -> None:
    assert lines(a_phq9(), "MSH") == [
        "MSH|^~\\&|IMPARTS|X001|||20260714095804+0100||ORU^R01^ORU_R01|0A1B2C3D4E5F60718293|P|2.5.1"
        "|||||GBR|UNICODE UTF-8"
    ]


def test_the_patient_has_the_hospitals_number_the_national_one_and_ours() -> None:
    assert lines(a_phq9(), "PID") == [
        "PID|1||F104432^^^X001^MR~9990000018^^^NHS^NH~"
        "5f1f8f0e-0000-4000-8000-00000000000a^^^IMPARTS^PI"
        "||O'Dapple^Priya^^^^^L||19841015|F" + "|" * 24 + "01"
    ]


def test_an_nhs_number_that_was_not_traced_says_so() -> None:
    untraced = replace(PATIENT, identifiers=(IdentifierFacts("nhs", "9990000018"),))
    pid = read(replace(a_phq9(), patient=untraced)).segments[1]
    assert pid.text(32) == "02"


def test_scottish_and_irish_numbers_name_their_own_authority() -> None:
    both = (IdentifierFacts("hcn", "3200000104"), IdentifierFacts("chi", "0101500017"))
    pid = read(replace(a_phq9(), patient=replace(PATIENT, identifiers=both))).segments[1]
    assert [pid.text(3, repetition=n, component=4) for n in (1, 2, 3)] == ["CHI", "HCN", "IMPARTS"]
    assert pid.text(32) == ""


@pytest.mark.parametrize(
    ("sex", "sent"),
    [("female", "F"), ("male", "M"), ("indeterminate", "A"), ("unknown", "U"), ("?", "U")],
)
def test_sex_is_sent_in_the_standards_letters(sex: str, sent: str) -> None:
    facts = replace(a_phq9(), patient=replace(PATIENT, sex=sex, born_on=None))
    assert read(facts).segments[1].text(8) == sent
    assert read(facts).segments[1].text(7) == ""


def test_the_visit_is_an_outpatient_appointment_at_the_clinic() -> None:
    assert lines(a_phq9(), "PV1") == [
        "PV1|1|O|rheum^^^X001^^^^^Rheumatology" + "|" * 16 + "4711^^^IMPARTS^VN"
    ]
    assert lines(replace(a_phq9(), appointment_id=""), "PV1")[0].endswith("Rheumatology")


def test_the_report_carries_our_response_id_and_when_it_was_answered() -> None:
    assert lines(a_phq9(), "OBR") == [
        "OBR|1||2f0c8f5e-6f65-4f2e-9d3e-1d2f6d4c7a10"
        "|44249-1^Patient Health Questionnaire 9^LN^phq9^PHQ-9, version 1^99IMPARTS"
        "|||20260714095803+0100" + "|" * 15 + "20260714095803+0100|||F"
    ]


def test_total_and_band_are_coded() -> None:
    total, band = lines(a_phq9(), "OBX")[:2]
    assert total == (
        "OBX|1|NM|44261-6^PHQ-9 total^LN^720433000^PHQ-9 total^SCT||12|{score}^score^UCUM||A|||F"
    )
    assert band == "OBX|2|CWE|phq9.band^PHQ-9 band^99IMPARTS||moderate^Moderate^99IMPARTS||||||F"


def test_an_item_carries_its_code_its_words_and_its_number() -> None:
    assert lines(a_phq9(), "OBX")[2] == (
        "OBX|3|CWE|44250-9^PHQ-9 question 1^LN^phq9.q1^^99IMPARTS"
        "||LA6570-1^More than half the days^LN^2^More than half the days^99IMPARTS||||||F"
    )


def test_a_fired_flag_marks_its_own_item_only() -> None:
    marked = [obx.text(3) for obx in read(a_phq9()).every("OBX") if obx.text(8) == "A"]
    assert marked == ["44261-6", "44260-8"]
    quiet = replace(a_phq9(), score=replace(a_phq9().score, is_flagged=False))
    assert observation(quiet, "44261-6").text(8) == ""


def test_an_estimate_is_preliminary_and_says_how_far_off_it_may_be() -> None:
    message = read(an_estimate())
    assert message.first("OBR").text(25) == "P"
    assert {obx.text(11) for obx in message.every("OBX")} == {"P", "X"}
    assert "Estimated, 7 of 9 answered, could be 7 to 13." in written(an_estimate())
    assert "From an estimated total." in written(an_estimate())
    assert "estimated" not in written(a_phq9())


def test_an_unanswered_item_has_no_value_and_says_why() -> None:
    declined = observation(an_estimate(), "phq9.q9")
    assert (declined.text(2), declined.field(5), declined.text(11)) == ("", (), "X")
    after = written(an_estimate()).split("phq9.q9")[1].split("\r")[1]
    assert after == "NTE|1|L|The patient chose not to answer."
    assert "Not reached." in written(an_incomplete())


def test_a_result_without_a_total_sends_no_number_and_no_band() -> None:
    total = observation(an_incomplete(), "44261-6")
    assert (total.field(5), total.text(11)) == ((), "P")
    assert "phq9.band" not in written(an_incomplete())
    assert "No total, 3 of 9 answered, could be 4 to 22." in written(an_incomplete())
    assert "|F\r" not in written(an_incomplete())


def test_a_correction_has_status_c_and_the_same_response_id() -> None:
    message = read(replace(a_phq9(), is_correction=True))
    assert message.first("OBR").text(25) == "C"
    assert {obx.text(11) for obx in message.every("OBX")} == {"C"}
    assert message.first("OBR").text(3) == a_phq9().response_id


def test_a_category_is_sent_as_a_code_not_as_a_number() -> None:
    assert lines(a_smoking_status(), "OBX") == [
        "OBX|1|CWE|72166-2^Smoking^LN^smoking_core.total^Smoking^99IMPARTS"
        "||daily^Smokes every day^99IMPARTS||||||F",
        "OBX|2|CWE|smoking_core.band^Smoking band^99IMPARTS"
        "||daily^Smokes every day^99IMPARTS||||||F",
        "OBX|3|CWE|smoking_core.q1^Do you smoke tobacco?^99IMPARTS"
        "||3^Yes, every day^99IMPARTS||||||F",
    ]


def test_a_scale_without_terminology_is_sent_under_our_own_codes_as_a_number() -> None:
    total, _, item = lines(a_pain_score(), "OBX")
    assert total.startswith("OBX|1|NM|pain_nrs.total^Pain total^99IMPARTS||7|")
    assert item.startswith("OBX|3|NM|pain_nrs.q1^How strong was your pain?^99IMPARTS||7|")


def test_free_text_is_sent_as_text() -> None:
    said = ItemFacts("why", "Why did you say that?", words="Kind staff | good tea")
    facts = replace(a_smoking_status(), items=(said,))
    assert observation(facts, "smoking_core.why").text(2) == "TX"
    assert observation(facts, "smoking_core.why").text(5) == "Kind staff | good tea"


def test_who_helped_and_another_language_are_noted_on_the_report() -> None:
    facts = replace(a_phq9(), language="cy", notes=("Answered at home.",))
    notes = [note.text(3) for note in read(facts).every("NTE")]
    assert notes[:2] == [
        "Answered by the patient. Helped by: family or a friend.",
        "Asked in the language: cy.",
    ]
    assert "Answered at home." in notes


def test_alcohol_in_units_is_noted_because_the_code_speaks_of_drinks() -> None:
    facts = a_phq9()
    auditc = replace(facts, instrument=replace(facts.instrument, id="auditc"))
    assert "UK units (8 g)" in written(auditc)


def test_the_same_facts_give_the_same_text_to_the_letter() -> None:
    facts = a_phq9()
    assert written(ResultFacts.from_json(facts.to_json())) == written(facts)


def test_hostile_words_leave_the_number_of_segments_unchanged() -> None:
    hostile = "x\rOBX|99|NM|44261-6^PHQ-9 total^LN||27||||||F\r\n^~\\&\x0b\x1c"
    facts = replace(
        a_phq9(),
        patient=replace(PATIENT, family=hostile, given=hostile),
        notes=(hostile,),
        who_helped=hostile,
    )
    plain = replace(a_phq9(), notes=("x",))
    assert [s.name for s in read(facts).segments] == [s.name for s in read(plain).segments]
    assert read(facts).segments[1].text(5) == hostile


LETTERS = st.characters(
    codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029"
)
NAMES = st.text(st.one_of(st.sampled_from("|^~\\&"), LETTERS), min_size=1, max_size=20)


@given(NAMES.filter(lambda name: name.strip() == name and name != '""'))
def test_another_reader_of_hl7_understands_the_same(name: str) -> None:
    facts = replace(a_phq9(), patient=replace(PATIENT, family=name))
    theirs = hl7.parse(written(facts))
    assert [str(s[0]) for s in theirs] == [s.name for s in read(facts).segments]
    assert theirs.unescape(str(theirs.segment("PID")[5][0][0])) == name
    assert theirs.unescape(theirs.segment("OBX")[5].__str__()) == "12"


@pytest.mark.parametrize(
    "facts",
    [
        a_phq9(), an_estimate(), an_incomplete(), a_smoking_status(), a_pain_score(),
        in_two_parts(), a_profile(),
    ],
)  # fmt: skip
def test_every_field_is_where_another_reader_finds_it(facts: ResultFacts) -> None:
    theirs = hl7.parse(written(facts))
    ours = read(facts)
    for mine, other in zip(ours.segments, theirs, strict=True):
        for number in range(1, len(mine.fields) + 1):
            if mine.name != "MSH" or number > 2:
                repetitions = str(other[number]).split("~") if str(other[number]) else []
                assert len(repetitions) == mine.count(number)
                for place, repetition in enumerate(repetitions, start=1):
                    parts = [theirs.unescape(part) for part in repetition.split("^")]
                    assert parts == [
                        mine.text(number, repetition=place, component=c)
                        for c in range(1, len(parts) + 1)
                    ]
