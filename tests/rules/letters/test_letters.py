"""Letters: their first two lines, the patient's agreement, their facts as they are stored."""

import json

import pytest

from imparts.rules.instruments.published_codes import result_in_words
from imparts.rules.letters.agreement import agreement_in_words
from imparts.rules.letters.asking import Asked, first_two_lines, may_be_asked
from imparts.rules.letters.definition import LetterRefused, letter_from
from imparts.rules.letters.referral import Draft, prefilled, referral_letter, refuse_draft
from imparts.rules.letters.text import one_line, several_lines
from imparts.rules.record.json_facts import FactsRefused
from tests.rules.letters.long_letters import AT, a_letter, a_visit
from tests.rules.reference_instruments import shipped

STEP = {
    "offer": "Talking Therapies", "within": "2 weeks", "reason": "Because low mood is 10 to 14.",
}  # fmt: skip


def test_a_letter_read_back_is_the_same_letter() -> None:
    facts = a_letter(a_visit())
    assert letter_from(json.loads(json.dumps(facts.as_json()))) == facts


@pytest.mark.parametrize("missing", ["person", "made_at"])
def test_stored_facts_that_lack_something_are_refused_by_its_name(missing: str) -> None:
    stored = a_letter(a_visit()).as_json()
    del stored[missing]
    with pytest.raises(FactsRefused, match=missing):
        letter_from(stored)


def test_a_kind_that_does_not_exist_is_refused() -> None:
    with pytest.raises(FactsRefused, match="kind"):
        letter_from(json.loads(json.dumps(a_letter(a_visit()).as_json() | {"kind": "bill"})))


def test_the_first_line_names_every_action() -> None:
    first, second = first_two_lines(Asked(("see", "other"), "repeat the bloods.", "by friday"), ())
    assert (
        first == "Action for GP: please see the patient about these results; and repeat the bloods."
    )
    assert second == "By friday."


def test_following_up_a_talk_is_offered_only_where_the_record_names_the_gp() -> None:
    assert "after_talk" not in [one.code for one in may_be_asked(gp_was_named=False)]
    assert "after_talk" in [one.code for one in may_be_asked(gp_was_named=True)]


@pytest.mark.parametrize("answer", ["", "maybe"])
def test_agreement_is_never_taken_for_granted(answer: str) -> None:
    with pytest.raises(LetterRefused, match="Choose whether the patient agrees"):
        agreement_in_words(answer, "", what="this letter")


def test_a_referral_nobody_asked_the_patient_about_is_refused() -> None:
    draft = Draft(to="Talking Therapies", words="Please see.")
    with pytest.raises(LetterRefused, match="Say whether the patient agrees"):
        referral_letter(a_visit(), draft=draft, within="", signed="x", made_at=AT)


def test_a_referral_says_to_whom_and_how_soon_in_its_first_line() -> None:
    draft = Draft(to="Talking Therapies", words="Please see.", is_agreed=True)
    facts = referral_letter(a_visit(), draft=draft, within="2 weeks", signed="x", made_at=AT)
    assert facts.first == "Referral to Talking Therapies, within 2 weeks."
    assert facts.second == "The patient agreed to this referral."


def test_a_draft_begins_with_what_is_asked_why_and_what_the_patient_was_told() -> None:
    draft = prefilled(STEP, to="Talking Therapies", told="someone will talk to you today.")
    assert draft.words.splitlines() == [
        "Please see this patient for: Talking Therapies, within 2 weeks.",
        "Because low mood is 10 to 14.",
        "The patient was told: \u201cSomeone will talk to you today.\u201d",
    ]
    assert draft.is_agreed is None


def test_a_draft_without_what_was_told_claims_nothing() -> None:
    assert "told" not in prefilled(STEP, to="Talking Therapies").words


@pytest.mark.parametrize("draft", [Draft("", "x"), Draft("x", " "), Draft("x", "y" * 1501)])
def test_an_empty_or_endless_draft_is_refused(draft: Draft) -> None:
    with pytest.raises(LetterRefused):
        refuse_draft(draft)


def test_signs_that_nobody_sees_are_left_out_and_words_stay() -> None:
    assert one_line("a\u202eb\u200b\x00 \u2066c\u2069\t d") == "ab c d"
    assert several_lines("one\n\n two\r\nthree") == ("one", "two", "three")
    assert one_line("नमस्ते Ünal Ó Néill") == "नमस्ते Ünal Ó Néill"


def test_a_code_that_nobody_verified_is_in_no_letter() -> None:
    instruments = shipped()
    assert result_in_words(instruments["phq9"]) == (
        "LOINC\xa044261-6",
        "SNOMED\xa0CT\xa0720433000",
    )
    assert result_in_words(instruments["k6"]) == ()
    assert "720211004" not in " ".join(result_in_words(instruments["k10"]))
