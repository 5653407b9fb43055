"""What patients are told after item 9: calm, never a promise, and numbers that have a source."""

import pytest

from imparts.rules.content import ContentRefused
from imparts.rules.patient_texts import NATIONS, read_patient_texts
from tests.rules.reference_instruments import SHIPPED

FOLDER = SHIPPED.parent / "patient_texts"
TEXTS = {path.stem: path.read_text("utf-8") for path in FOLDER.glob("*.toml")}


def test_every_nation_has_its_texts() -> None:
    assert sorted(TEXTS) == sorted(NATIONS)
    for nation, text in TEXTS.items():
        found = read_patient_texts(text)
        assert found.nation == nation
        assert found.checked_by == "not yet checked by a clinician"
        assert all(number.source for number in found.numbers)


def test_the_calm_page_says_what_was_agreed() -> None:
    calm = read_patient_texts(TEXTS["england"]).calm
    assert calm.heading == "We are glad you told us"
    assert [line.text for line in calm.lines] == [
        "You told us you have had thoughts of being better off dead or hurting yourself. "
        "Thank you for telling us.",
        "A member of the team will talk to you about this today.",
        "You can ask to talk in private.",
        "If you feel you cannot keep yourself safe right now, tell any member of staff.",
    ]
    assert calm.talk_now == "I would like to talk to someone now"
    assert calm.told == "a member of the team will talk to you about this today"


def test_the_page_after_declining_has_no_numbers_and_no_second_button() -> None:
    declined = read_patient_texts(TEXTS["england"]).declined
    assert not declined.shows_numbers
    assert not declined.talk_now
    assert declined.lines[0].text == "A member of the team may ask you about it."


def test_numbers_in_clinic_and_at_home() -> None:
    england = read_patient_texts(TEXTS["england"])
    assert [number.in_words for number in england.clinic_numbers] == [
        "NHS: call 111 and select the mental health option",
        "Samaritans: call 116 123. It is free.",
    ]
    assert {number.number for number in england.numbers} >= {"999", "18001 111", "85258"}


@pytest.mark.parametrize("nation", ["scotland", "wales", "northern_ireland"])
def test_a_number_that_is_not_known_is_left_out_and_said(nation: str) -> None:
    found = read_patient_texts(TEXTS[nation])
    assert "111" not in {number.number for number in found.numbers}
    assert "not in our clinical reference" in found.left_out[0]


@pytest.mark.parametrize(
    ("was", "becomes", "sentence"),
    [
        (
            'nation = "england"',
            'nation = "france"',
            "nation is 'france'; it must be one of england",
        ),
        ("You can ask to talk in private.", "Your doctor knows.", 'never say "your doctor knows"'),
        ("We are glad you told us", "Thank you", '"Thank you" belongs to the last page alone'),
        ("in_clinic = true", "in_clinic = false", "no number is shown in clinic"),
        ("talk_now =", "talk_later =", "talk_later is not a key that is known here"),
        ("I would like to talk to someone now", "", "must offer to talk to someone now"),
        ("version =", "verzion =", "version is missing"),
    ],
)
def test_a_text_that_breaks_a_rule_is_refused(was: str, becomes: str, sentence: str) -> None:
    assert was in TEXTS["england"]
    with pytest.raises(ContentRefused) as refused:
        read_patient_texts(TEXTS["england"].replace(was, becomes))
    assert sentence in str(refused.value)
