"""Every instrument as a Questionnaire: valid, whole, and word for word."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from imparts.gateway.fhir.addresses import SHIPPED_BASE, Addresses
from imparts.gateway.fhir.notices import (
    LOINC_NOTICE,
    SNOMED_NOTICE,
    WITHOUT_WORDING,
    NotLicensed,
)
from imparts.gateway.fhir.questionnaire import questionnaire_of
from tests.gateway.fhir.checkers import problems
from tests.gateway.fhir.samples import (
    TODAY,
    every_instrument,
    every_scored_instrument,
    kettle,
)
from tests.rules.wording import invented

Json = dict[str, Any]


def exported(name: str, **options: Any) -> Json:
    """One shipped instrument as it leaves."""
    return questionnaire_of(every_instrument()[name], on=TODAY, **options)


def item(resource: Json, link_id: str) -> Json:
    """One item by its linkId."""
    return next(one for one in resource["item"] if one["linkId"] == link_id)


def extensions(element: Json, end: str) -> list[Json]:
    """The extensions whose address ends so."""
    return [one for one in element.get("extension", []) if one["url"].endswith(end)]


def test_all_of_the_library_are_there() -> None:
    assert len(every_instrument()) >= 47


@pytest.mark.parametrize("name", sorted(every_scored_instrument() | every_instrument()))
def test_every_questionnaire_is_valid_by_all_checkers(name: str) -> None:
    instrument = (every_scored_instrument() | every_instrument())[name]
    assert problems(questionnaire_of(instrument, on=TODAY)) == []


@pytest.mark.parametrize("name", sorted(every_instrument()))
def test_every_question_and_option_is_word_for_word_the_files(name: str) -> None:
    instrument, resource = every_instrument()[name], exported(name)
    for asked in instrument.items:
        sent = item(resource, asked.id)
        assert sent.get("text", "") == asked.text
        labels = [
            one.get("valueCoding", {}).get("display", "") or str(one.get("valueInteger", ""))
            for one in sent.get("answerOption", [])
        ]
        assert labels in ([], [option.label for option in asked.options])
        assert sent["required"] is False


def test_a_structure_has_no_words_of_the_licensed_instrument_and_says_why() -> None:
    licensed = [one for one in every_instrument().values() if one.rights.ships == "no"]
    assert len(licensed) == 27
    for instrument in licensed:
        resource = questionnaire_of(instrument, on=TODAY)
        asked = [item(resource, one.id) for one in instrument.items]
        assert not any(one.get("text") for one in asked)
        assert WITHOUT_WORDING in resource["copyright"]


def test_nobody_has_approved_what_nobody_has_signed() -> None:
    resource = exported("phq9")
    assert (resource["status"], resource["experimental"]) == ("draft", True)
    assert "approvalDate" not in resource
    assert "lastReviewDate" not in resource
    assert "not yet checked by a clinician" in resource["description"]


def test_a_signed_instrument_is_active_from_its_signature() -> None:
    resource = exported("phq9", signed_on=date(2026, 11, 20))
    assert (resource["status"], resource["experimental"]) == ("active", False)
    assert resource["approvalDate"] == "2026-11-20"
    assert problems(resource) == []


def test_the_canonical_address_and_version() -> None:
    resource = exported("phq9")
    assert resource["url"] == f"{SHIPPED_BASE}/Questionnaire/phq9"
    assert resource["version"] == every_instrument()["phq9"].version


def test_a_site_sets_its_own_base() -> None:
    resource = exported("core10", addresses=Addresses("https://fhir.fernhollow.example/r4"))
    assert resource["url"] == "https://fhir.fernhollow.example/r4/Questionnaire/core10"
    assert SHIPPED_BASE not in str(resource)


@pytest.mark.parametrize(
    "base", ["fhir", "https://a.example/", "https://a b.example", "http://a|b"]
)
def test_a_base_that_is_no_address_is_refused(base: str) -> None:
    with pytest.raises(ValueError, match="base address"):
        Addresses(base)


def test_an_answer_has_loincs_code_our_words_and_its_weight_under_both_names() -> None:
    option = item(exported("phq9"), "q1")["answerOption"][3]
    assert option["valueCoding"] == {
        "system": "http://loinc.org",
        "code": "LA6571-9",
        "display": "Nearly every day",
    }
    assert [one["url"].rsplit("/", 1)[1] for one in option["extension"]] == [
        "ordinalValue",
        "itemWeight",
    ]
    assert {one["valueDecimal"] for one in option["extension"]} == {3}


def test_the_order_of_loincs_codes_is_not_the_order_of_the_weights() -> None:
    options = item(exported("phq9"), "difficulty")["answerOption"]
    assert [one["valueCoding"]["code"] for one in options[2:]] == ["LA6575-0", "LA6574-3"]
    assert [one["extension"][0]["valueDecimal"] for one in options[2:]] == [2, 3]


def test_a_scale_of_bare_numbers_sends_numbers_and_no_answer_code() -> None:
    options = item(exported("peg"), "q1")["answerOption"]
    assert [one["valueInteger"] for one in options] == list(range(11))
    assert "LA6113-0" not in str(exported("peg"))


def test_the_ends_of_a_scale_are_shown_beside_it() -> None:
    ends = item(exported("peg"), "q1")["item"]
    assert [end["text"] for end in ends] == ["0: No pain", "10: Pain as bad as you can imagine"]


def test_a_scale_of_0_to_100_is_a_number_with_a_least_and_a_greatest() -> None:
    sent = item(exported("eq5d5l"), "vas")
    assert sent["type"] == "integer"
    assert extensions(sent, "minValue")[0]["valueInteger"] == 0
    assert extensions(sent, "maxValue")[0]["valueInteger"] == 100


def test_a_reversed_items_weight_counts_from_the_other_end() -> None:
    instrument = every_instrument()["core10"]
    reversed_item = next(one for one in instrument.items if one.reverse)
    options = item(exported("core10"), reversed_item.id)["answerOption"]
    weights = {one["valueCoding"]["code"]: one["extension"][0]["valueDecimal"] for one in options}
    assert weights == {"0": 4, "1": 3, "2": 2, "3": 1, "4": 0}


def test_never_takes_the_other_questions_away_by_plain_enable_when() -> None:
    never = {"system": "http://loinc.org", "code": "LA6270-8"}
    for link_id in ("q2", "q3"):
        assert item(exported("auditc"), link_id)["enableWhen"] == [
            {"question": "q1", "operator": "!=", "answerCoding": never}
        ]


def test_two_rules_on_one_item_need_an_expression_and_have_no_enable_when() -> None:
    sent = item(exported("audit"), "q4")
    assert "enableWhen" not in sent
    said = extensions(sent, "sdc-questionnaire-enableWhenExpression")[0]["valueExpression"]
    assert said["language"] == "text/fhirpath"


def test_a_fact_about_the_person_is_a_question_of_its_own() -> None:
    resource = exported("phq15")
    assert item(resource, "fact.periods_not_applicable")["type"] == "boolean"
    assert item(resource, "q4")["enableWhen"] == [
        {"question": "fact.periods_not_applicable", "operator": "!=", "answerBoolean": True}
    ]


def test_the_score_is_hidden_read_only_and_calculated() -> None:
    sent = item(exported("phq9"), "result.score")
    assert sent["readOnly"] is True
    assert extensions(sent, "questionnaire-hidden")[0]["valueBoolean"] is True
    said = extensions(sent, "sdc-questionnaire-calculatedExpression")[0]["valueExpression"]
    assert "every question that applies" in said["description"]


def test_the_question_about_harm_says_what_a_person_must_do() -> None:
    harm = extensions(item(exported("phq9"), "q9"), "asks-about-harm")
    assert "Talk with the patient before they leave" in harm[0]["valueString"]
    assert "Ask in person" in harm[0]["valueString"]
    assert not extensions(item(exported("phq9"), "q8"), "asks-about-harm")


def test_the_missing_answer_rule_and_the_bands_are_said_in_words() -> None:
    said = exported("phq9")["description"]
    assert "3+ missing: no score" in said
    assert "20 to 27 Severe" in said


def test_an_instrument_that_cannot_be_scored_has_no_expression_and_says_what_is_missing() -> None:
    resource = exported("pam13")
    assert not any(one["linkId"].startswith("result.") for one in resource["item"])
    assert "cannot be scored from this file" in resource["description"]


def test_the_notices_of_code_systems_stand_where_their_codes_do() -> None:
    assert LOINC_NOTICE in exported("phq9")["copyright"]
    assert SNOMED_NOTICE in exported("phq9")["copyright"]
    assert LOINC_NOTICE not in exported("pcl5")["copyright"]


def test_a_code_that_nobody_has_verified_is_not_sent() -> None:
    audit = every_instrument()["audit"]
    assert audit.code("loinc", "total") == "75624-7"
    assert "75624-7" not in str(exported("audit"))


def test_a_snomed_code_for_another_scale_is_not_put_on_ours() -> None:
    assert every_instrument()["k10"].code("snomed", "score") == "720211004"
    assert "720211004" not in str(exported("k10"))


def test_audit_says_that_it_asks_in_uk_units() -> None:
    assert "UK units" in exported("auditc")["description"]
    assert "UK units" not in exported("phq9")["description"]


def test_nothing_is_called_a_high_risk() -> None:
    everything = " ".join(str(exported(name)) for name in every_instrument())
    assert "high risk" not in everything.casefold()


def test_a_licensed_wording_leaves_with_its_licence_and_until_it_ends() -> None:
    resource = questionnaire_of(kettle(), on=TODAY)
    assert item(resource, "q1")["text"] == "The kettle was slow to boil"
    assert "KI-0001" in resource["copyright"]
    assert resource["effectivePeriod"] == {"end": "2027-03-31"}
    assert questionnaire_of(kettle(), on=date(2027, 3, 31))["version"] == resource["version"]


def test_a_licensed_wording_stays_here_once_its_licence_has_ended() -> None:
    with pytest.raises(NotLicensed, match=r"ended on 31\.03\.2027"):
        questionnaire_of(kettle(), on=date(2027, 4, 1))


def test_a_licensed_wording_without_a_licence_stays_here() -> None:
    with pytest.raises(NotLicensed, match="no licence is recorded"):
        questionnaire_of(replace(kettle(), licence=None), on=TODAY)


def test_a_translation_stands_beside_the_words_it_translates() -> None:
    resource = questionnaire_of(kettle(), on=TODAY, translations=[kettle("cy")])
    assert problems(resource) == []
    assert resource["language"] == "en-GB"
    translated = item(resource, "q1")["_text"]["extension"][0]
    assert translated["url"] == "http://hl7.org/fhir/StructureDefinition/translation"
    assert translated["extension"] == [
        {"url": "lang", "valueCode": "cy"},
        {"url": "content", "valueString": "[second language] Slow to boil"},
    ]
    option = item(resource, "q1")["answerOption"][1]["valueCoding"]
    assert option["_display"]["extension"][0]["extension"][1]["valueString"] == "[1] Once"
    assert item(resource, "stem")["_text"]["extension"]
    assert item(resource, "notice")["_text"]["extension"][0]["extension"][0]["valueCode"] == "cy"
    assert resource["_title"]["extension"]


def test_a_translation_whose_licence_has_ended_is_not_slipped_in() -> None:
    over = replace(kettle("cy").licence, expires=date(2026, 1, 1))  # type: ignore[type-var]  # it is there
    with pytest.raises(NotLicensed):
        questionnaire_of(kettle(), on=TODAY, translations=[replace(kettle("cy"), licence=over)])


def test_the_words_of_another_instrument_are_no_translation() -> None:
    with pytest.raises(ValueError, match="other items"):
        questionnaire_of(kettle(), on=TODAY, translations=[every_instrument()["gad2"]])


def test_the_structure_of_a_licensed_instrument_needs_no_licence() -> None:
    resource = questionnaire_of(invented.structure(), on=TODAY)
    assert "text" not in item(resource, "q1")
    assert problems(resource) == []
