"""A document message says what the visit's summary says, as text and as a tagged PDF."""

import base64
import io
from dataclasses import replace
from datetime import UTC, datetime

import hl7
import pikepdf
import pytest
from hl7apy.parser import parse_message

from imparts.gateway.documents import drawn
from imparts.gateway.hl7v2.document_message import write_document
from imparts.gateway.hl7v2.message import read_message
from imparts.rules.record.applying import apply_to_document
from imparts.rules.record.document_facts import DocumentFacts
from imparts.rules.record.document_words import words_of
from imparts.rules.record.in_words import section_of
from imparts.rules.record.json_facts import FactsRefused
from imparts.rules.record.mapping_reading import read_mapping
from tests.gateway.samples import PATIENT, a_phq9, an_estimate, an_incomplete, in_two_parts

MADE_AT = datetime(2026, 7, 14, 8, 58, 4, tzinfo=UTC)
RESULTS = (a_phq9(), an_estimate(), an_incomplete(), in_two_parts())
FACTS = DocumentFacts(
    "d1", "s1", PATIENT, a_phq9().service, a_phq9().organisation, a_phq9().completed_at,
    tuple(section_of(one) for one in RESULTS), appointment_id="4711",
)  # fmt: skip
PUT_RIGHT = replace(FACTS, document_id="d2", replaces="d1")
WITHDRAWN = replace(PUT_RIGHT, sections=(), is_withdrawn=True)


def written(facts: DocumentFacts, pdf: bytes = b"") -> str:
    return write_document(facts, control_id="C1", made_at=MADE_AT, pdf=pdf)


def test_a_new_document_is_t02_with_its_id_and_its_text_line_by_line() -> None:
    message = read_message(written(FACTS))
    assert [each.name for each in message.segments] == ["MSH", "EVN", "PID", "PV1", "TXA", "OBX"]
    assert [message.header.text(9, component=part) for part in (1, 2, 3)] == [
        "MDM", "T02", "MDM_T02",
    ]  # fmt: skip
    document = message.every("TXA")[0]
    assert (document.text(12), document.text(13)) == ("d1", "")
    assert (document.text(17), document.text(19)) == ("DO", "AV")
    content = message.every("OBX")[0]
    lines = [content.text(5, repetition=n + 1) for n in range(content.count(5))]
    assert tuple(lines) == words_of(FACTS).lines
    assert "PHQ-9: 12 of 27. Moderate." in lines
    assert "PHQ-9: 9 of 27. Mild. Estimated, 7 of 9 answered. Could be 7 to 13." in lines
    assert "PHQ-9: No score, 3 of 9 answered. Could be 4 to 22." in lines


def test_what_was_put_right_replaces_the_document_before() -> None:
    message = read_message(written(PUT_RIGHT))
    document = message.every("TXA")[0]
    assert message.header.text(9, component=2) == "T10"
    assert message.every("EVN")[0].text(1) == "T10"
    assert (document.text(12), document.text(13)) == ("d2", "d1")


def test_what_was_another_persons_is_replaced_by_a_document_that_says_so_and_no_more() -> None:
    text = written(WITHDRAWN)
    assert "wrong person" in text
    assert "PHQ-9" not in text
    assert read_message(text).every("TXA")[0].text(13) == "d1"


def test_a_withdrawal_that_still_says_something_is_refused() -> None:
    with pytest.raises(FactsRefused, match="says nothing"):
        replace(FACTS, is_withdrawn=True, replaces="d0")


def test_the_pdf_is_tagged_and_the_same_each_time() -> None:
    pdf = drawn(FACTS, at=MADE_AT)
    assert pdf == drawn(FACTS, at=MADE_AT)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert opened.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in opened.Root
        assert len(opened.pages) >= 1
    assert written(FACTS, pdf) == written(FACTS, pdf)


def test_other_readers_find_the_text_and_the_pdf() -> None:
    pdf = drawn(FACTS, at=MADE_AT)
    text = written(FACTS, pdf)
    obx = hl7.parse(text).segments("OBX")[1]
    assert [str(obx[5][0][place]) for place in (0, 1, 2, 3)] == ["IMPARTS", "AP", "PDF", "Base64"]
    assert base64.b64decode(str(obx[5][0][4])) == pdf
    by_hl7apy = parse_message(text, find_groups=False)
    assert by_hl7apy.txa.txa_12.txa_12_1.value == "d1"
    assert by_hl7apy.obx[1].obx_2.value == "ED"
    assert base64.b64decode(by_hl7apy.obx[1].obx_5.value.split("^")[4]) == pdf


def test_facts_come_back_unchanged_and_wrong_ones_are_refused_by_name() -> None:
    for facts in (FACTS, PUT_RIGHT, WITHDRAWN):
        assert DocumentFacts.from_json(facts.to_json()) == facts
    with pytest.raises(FactsRefused, match="document_version"):
        DocumentFacts.from_json(FACTS.to_json() | {"document_version": 2})
    with pytest.raises(FactsRefused, match="sections"):
        DocumentFacts.from_json(FACTS.to_json() | {"sections": "PHQ-9"})


def test_a_mapping_names_the_type_and_leaves_the_answers_out() -> None:
    mapping = read_mapping({"document_type": "PN", "leave_out": ["items"]})
    message = read_message(written(apply_to_document(FACTS, mapping)))
    assert message.every("TXA")[0].text(2) == "PN"
    assert "question" not in written(apply_to_document(FACTS, mapping))


def test_a_name_that_looks_like_a_segment_stays_a_name() -> None:
    odd = replace(FACTS, patient=replace(PATIENT, family="X\rOBX|9|TX|", given="~^&|\\"))
    message = read_message(written(odd))
    assert [each.name for each in message.segments].count("OBX") == 1
    assert message.every("PID")[0].text(5) == "X\rOBX|9|TX|"
