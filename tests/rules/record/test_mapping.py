"""A mapping is read whole or refused by its place; nothing in it is ever passed over."""

import json
from typing import Any

import pytest

from imparts.rules.record import invented
from imparts.rules.record.applying import apply
from imparts.rules.record.mapping import AS_IT_IS, Code, MappingRefused, Number
from imparts.rules.record.mapping_known import check_known
from imparts.rules.record.mapping_reading import read_mapping

CODE = {"code": "MH1", "system": "RXXLAB", "text": "Mood"}
EVERYTHING: dict[str, Any] = {
    "sender": {"application": "QUEST", "facility": "RXX"},
    "receiver": {"application": "TIE", "facility": "RXX"},
    "identifiers": {
        "local": {"type": "PI", "authority": "RXX"},
        "nhs": {"leave_out": True},
        "chi": {"type": "CHI", "authority": "NHSS", "system": "https://record.example/chi"},
        "ours": {"leave_out": True},
    },
    "authorities": {"X001": {"authority": "RXX01", "system": "urn:oid:1.2.3"}},
    "codes": {
        "phq9": {
            "panel": CODE, "total": CODE, "band": CODE, "bands": {"moderate": CODE},
            "items": {"q9": CODE}, "parts": {"some": CODE},
        }
    },
    "substitute": [
        {"field": "OBX-3", "from": {"code": "44261-6", "system": "LN"}, "to": CODE}
    ],
    "leave_out": ["PID-7", "NTE", "items", "Flag"],
    "preliminary": "in_words",
    "document_type": "PN",
}  # fmt: skip


def test_nothing_is_no_mapping() -> None:
    assert read_mapping({}) == AS_IT_IS


def test_everything_that_may_be_said_is_read() -> None:
    found = read_mapping(json.loads(json.dumps(EVERYTHING)))
    assert found.of("phq9").items["q9"] == Code("MH1", "RXXLAB", "Mood")
    assert found.of("gad7").total is None
    assert found.number("nhs").is_left_out
    assert found.substitute[0].to.code == "MH1"
    assert found.leaves_out("PID-7")
    assert (found.sender.application, found.receiver.facility) == ("QUEST", "RXX")
    assert found.document_type == "PN"


def test_a_hospitals_own_number_goes_by_who_issues_it_first() -> None:
    found = read_mapping(EVERYTHING)
    assert found.number("local", "X001") == Number("PI", "RXX01", "urn:oid:1.2.3")
    assert found.number("local", "Y002") == Number("PI", "RXX", "")
    assert found.number("something else", "Y002").type == "PI"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "The mapping is not a group; write it in braces."),
        ({"sendr": {}}, "sendr is not known here; known are sender, receiver, "),
        ({"sender": {"app": "X"}}, "sender.app is not known here; known are application, facility"),
        ({"sender": {"application": ""}}, "sender.application is empty; leave the key out"),
        ({"sender": {"application": 7}}, "sender.application is not a text; write it in quotes"),
        ({"sender": {"application": "A\rPID|"}}, "sender.application is too long or holds signs"),
        ({"sender": {"application": "x" * 201}}, "sender.application is too long"),
        ({"identifiers": {"passport": {}}}, "identifiers.passport is not known here"),
        ({"identifiers": {"chi": {"leave_out": "yes"}}}, "identifiers.chi.leave_out is neither"),
        ({"identifiers": {"chi": {"system": "chi"}}}, "identifiers.chi.system is not an address"),
        ({"identifiers": {"local": {"leave_out": True}}}, "identifiers.local cannot be left out"),
        ({"codes": {"phq9": {"totl": CODE}}}, "codes.phq9.totl is not known here"),
        ({"codes": {"phq9": {"total": {"code": "A"}}}}, "codes.phq9.total has no system"),
        ({"codes": {"phq9": {"items": {"q1": "A"}}}}, "codes.phq9.items.q1 is not a group"),
        ({"substitute": {}}, "substitute is not a list"),
        ({"substitute": [{"field": "OBX-3"}]}, "substitute[0] has no from"),
        (
            {"substitute": [{"field": "PID-3", "from": CODE, "to": CODE}]},
            "substitute[0].field is not one of OBR-4, OBX-3",
        ),
        ({"leave_out": ["PID-3"]}, "leave_out[0] cannot be left out"),
        ({"leave_out": ["OBX-11"]}, "leave_out[0] cannot be left out"),
        ({"leave_out": ["MSH-10"]}, "leave_out[0] cannot be left out"),
        ({"leave_out": ["OBX"]}, "leave_out[0] cannot be left out"),
        ({"leave_out": ["answers"]}, "leave_out[0] is not a field such as PID-7"),
        ({"preliminary": "final"}, "preliminary is not one of as_preliminary, in_words"),
        ({"document_type": None}, "document_type is not a text"),
    ],
)
def test_what_is_not_understood_is_refused_by_its_place(given: Any, said: str) -> None:
    with pytest.raises(MappingRefused) as refused:
        read_mapping(given)
    assert str(refused.value).startswith(said)


def test_every_key_of_the_whole_is_checked() -> None:
    for key in EVERYTHING:
        with pytest.raises(MappingRefused, match=key):
            read_mapping(EVERYTHING | {key: 7})


def test_applying_takes_out_of_the_facts_what_is_not_wanted() -> None:
    facts = apply(invented.a_result(), read_mapping(EVERYTHING))
    assert facts.items == ()
    assert [each.scheme for each in facts.patient.identifiers] == ["local"]
    assert facts.score.score == invented.a_result().score.score


def test_an_estimate_may_go_without_its_number_but_a_complete_score_keeps_it() -> None:
    mapping = read_mapping({"preliminary": "without_number"})
    estimate = apply(invented.an_estimate(), mapping).score
    assert (estimate.score, estimate.band, estimate.lower) == (None, "", None)
    assert estimate.status == "prorated"
    assert apply(invented.a_result(), mapping).score == invented.a_result().score


def test_without_bands_there_is_still_a_number() -> None:
    facts = apply(invented.a_result(), read_mapping({"leave_out": ["bands"]}))
    assert facts.score.band == ""
    assert facts.score.score is not None


def test_the_mapping_is_never_stored_with_the_facts() -> None:
    facts = apply(invented.a_result(), read_mapping({"sender": {"facility": "RXX"}}))
    assert "RXX" not in json.dumps(facts.to_json())


class Known:
    """A questionnaire of two questions."""

    items = ("q1", "q2")
    bands = ("mild",)
    parts = ()


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        ({"phq99": {"total": CODE}}, "codes.phq99 is not a questionnaire that is here: phq9."),
        ({"phq9": {"items": {"q9": CODE}}}, "codes.phq9.items.q9 is not one of its questions: q1,"),
        ({"phq9": {"bands": {"Mild": CODE}}}, "codes.phq9.bands.Mild is not one of its bands"),
        ({"phq9": {"parts": {"x": CODE}}}, "codes.phq9.parts.x is not one of its parts: it has"),
    ],
)
def test_a_slip_in_a_name_is_refused_by_its_place(codes: dict[str, Any], said: str) -> None:
    with pytest.raises(MappingRefused) as refused:
        check_known(read_mapping({"codes": codes}), {"phq9": Known()})
    assert str(refused.value).startswith(said)


def test_what_is_there_and_what_others_wrote_may_be_named() -> None:
    codes = {"phq9": {"items": {"q1": CODE}, "bands": {"mild": CODE}}, "kettle": {"total": CODE}}
    check_known(read_mapping({"codes": codes}), {"phq9": Known()}, forms={"kettle"})
