"""What a mapping asks for stands in the message, and nothing else in it moves."""

from dataclasses import replace
from typing import Any

import hl7
from hl7apy.parser import parse_message

from imparts.gateway.hl7v2.message import Message, read_message
from imparts.gateway.hl7v2.result_message import write_result
from imparts.gateway.mapping_preview import preview, samples
from imparts.rules.record import invented
from imparts.rules.record.applying import apply
from imparts.rules.record.mapping import AS_IT_IS
from imparts.rules.record.mapping_reading import read_mapping
from imparts.rules.record.result_facts import IdentifierFacts, ResultFacts
from tests.gateway.samples import PATIENT, a_phq9, an_estimate, in_two_parts

CODE = {"code": "MH1", "system": "RXXLAB", "text": "Mood"}


def text(facts: ResultFacts, given: dict[str, Any]) -> str:
    return write_result(apply(facts, read_mapping(given)), control_id="C1", made_at=invented.AT)


def read(facts: ResultFacts, given: dict[str, Any]) -> Message:
    return read_message(text(facts, given))


def codes(message: Message) -> list[str]:
    return [obx.text(3) for obx in message.every("OBX")]


def test_names_of_sender_and_receiver() -> None:
    given = {
        "sender": {"application": "QUEST", "facility": "RXX"},
        "receiver": {"application": "TIE", "facility": "RYY"},
    }
    header = read(a_phq9(), given).header
    assert [header.text(number) for number in (3, 4, 5, 6)] == ["QUEST", "RXX", "TIE", "RYY"]


def test_types_and_authorities_of_the_patients_numbers() -> None:
    numbers = (
        IdentifierFacts("chi", "0101700000", verified=True),
        IdentifierFacts("local", "F104432", authority="X001"),
    )
    facts = replace(a_phq9(), patient=replace(PATIENT, identifiers=numbers))
    given = {
        "identifiers": {
            "chi": {"type": "CHI", "authority": "NHSS"}, "ours": {"leave_out": True},
        },
        "authorities": {"X001": {"authority": "RXX01"}},
    }  # fmt: skip
    pid = read(facts, given).segments[1]
    assert pid.count(3) == 2
    assert [pid.text(3, component=4), pid.text(3, component=5)] == ["RXX01", "MR"]
    assert [pid.text(3, component=part, repetition=2) for part in (1, 4, 5)] == [
        "0101700000",
        "NHSS",
        "CHI",
    ]


def test_nobody_is_ever_without_any_number() -> None:
    facts = replace(a_phq9(), patient=replace(PATIENT, identifiers=()))
    pid = read(facts, {"identifiers": {"ours": {"leave_out": True}}}).segments[1]
    assert pid.text(3) == PATIENT.id


def test_the_destinations_codes_stand_first_and_ours_beside_them() -> None:
    given = {
        "codes": {
            "phq9": {
                "panel": CODE, "total": CODE, "band": CODE,
                "bands": {"moderate": {"code": "MOD", "system": "RXXLAB"}},
                "items": {"q9": CODE},
            }
        }
    }  # fmt: skip
    message = read(a_phq9(), given)
    assert message.every("OBR")[0].text(4) == "MH1"
    total, band, *items = message.every("OBX")
    assert [total.text(3, component=part) for part in (1, 2, 3, 4)] == [
        "MH1", "Mood", "RXXLAB", "44261-6",
    ]  # fmt: skip
    assert [band.text(3), band.text(3, component=4)] == ["MH1", "phq9.band"]
    assert [band.text(5), band.text(5, component=2), band.text(5, component=4)] == [
        "MOD", "Moderate", "moderate",
    ]  # fmt: skip
    assert [items[8].text(3), items[8].text(3, component=4)] == ["MH1", "phq9.q9"]
    assert items[0].text(3) == "44250-9"


def test_a_part_has_its_own_code() -> None:
    part = in_two_parts().score.parts[0].name
    given = {"codes": {in_two_parts().instrument.id: {"parts": {part: CODE}}}}
    assert "MH1" in codes(read(in_two_parts(), given))


def test_one_code_takes_the_place_of_another_wherever_it_stands() -> None:
    given = {
        "substitute": [
            {"field": "OBX-3", "from": {"code": "44261-6", "system": "LN"}, "to": CODE},
            {"field": "OBR-4", "from": {"code": "phq9", "system": "99IMPARTS"}, "to": CODE},
        ]
    }
    message = read(a_phq9(), given)
    assert "44261-6" not in codes(message)
    total = message.every("OBX")[0]
    assert [total.text(3, component=part) for part in (1, 2, 3, 4)] == [
        "MH1", "Mood", "RXXLAB", "720433000",
    ]  # fmt: skip
    report = message.every("OBR")[0]
    assert [report.text(4), report.text(4, component=4)] == ["44249-1", "MH1"]


def test_fields_segments_and_items_are_left_out_and_the_others_stay() -> None:
    message = read(a_phq9(), {"leave_out": ["PID-7", "NTE", "ORC", "items"]})
    assert message.segments[1].text(7) == ""
    assert message.segments[1].text(8) == "F"
    assert [each.name for each in message.segments] == ["MSH", "PID", "PV1", "OBR", "OBX", "OBX"]


def test_an_estimate_can_go_as_words_alone() -> None:
    total = read(an_estimate(), {"preliminary": "in_words"}).every("OBX")[0]
    assert (total.text(2), total.text(6), total.text(11)) == ("ST", "", "P")
    assert total.text(5) == "9. Out of 27. Estimated, 7 of 9 answered, could be 7 to 13."
    complete = read(a_phq9(), {"preliminary": "in_words"}).every("OBX")[0]
    assert (complete.text(2), complete.text(5)) == ("NM", "12")


def test_a_withdrawn_result_is_posted_as_wrong_without_any_value() -> None:
    facts = replace(a_phq9(), is_withdrawn=True)
    message = read(facts, {})
    observed = message.every("OBX")
    assert {obx.text(11) for obx in observed} == {"W"}
    assert {obx.text(5) for obx in observed} == {""}
    assert len(observed) == len(read(a_phq9(), {}).every("OBX"))
    assert message.every("OBR")[0].text(25) == "C"
    assert message.every("OBR")[0].text(3) == facts.response_id
    assert "wrong person" in message.every("NTE")[0].text(3)
    assert "several days" not in text(facts, {}).lower()


def test_a_text_of_a_mapping_cannot_begin_a_field_or_a_segment() -> None:
    odd = {"code": "A|B^C~D", "system": "S&T", "text": "x\\"}
    message = read(a_phq9(), {"codes": {"phq9": {"total": odd}}})
    assert message.every("OBX")[0].text(3) == "A|B^C~D"
    assert len(message.segments) == len(read(a_phq9(), {}).segments)


def test_other_readers_understand_the_same() -> None:
    written = text(a_phq9(), {"codes": {"phq9": {"total": CODE}}, "leave_out": ["items"]})
    by_hl7 = hl7.parse(written)
    assert str(by_hl7.segments("OBX")[0][3][0][0]) == "MH1"
    by_hl7apy = parse_message(written, find_groups=False)
    assert by_hl7apy.obx[0].obx_3.obx_3_1.value == "MH1"


def test_a_preview_shows_what_changes_and_nobody_real() -> None:
    mapping = read_mapping({"codes": {"phq9": {"total": CODE}}, "leave_out": ["PID-7"]})
    lines = preview(mapping)
    changed = [one for one in lines if one.is_changed]
    assert [one.after.split("|")[0] for one in changed] == ["PID", "OBX"]
    assert "MH1^Mood^RXXLAB" in changed[1].after
    assert any("Preview^Pat" in one.before for one in lines)
    assert not any(one.is_changed for one in preview(AS_IT_IS))


def test_every_sample_can_be_previewed_on_every_way() -> None:
    mapping = read_mapping({"leave_out": ["items", "Provenance"], "document_type": "PN"})
    for sample in samples():
        for sends in ("oru", "mdm", "fhir"):
            lines = preview(mapping, sends=sends, facts=sample.facts)
            assert any(one.is_changed for one in lines), (sample.name, sends)
