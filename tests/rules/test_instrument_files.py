"""Planted mistakes: each bad file is refused, in words (hazards H1 and H4)."""

import re

import pytest

from imparts.rules.content import ContentRefused
from imparts.rules.instruments.reader import read_instrument
from tests.rules.reference_instruments import SHIPPED, shipped

PHQ9 = (SHIPPED / "phq9.toml").read_text("utf-8")
GAD7 = (SHIPPED / "gad7.toml").read_text("utf-8")
SMOKING = (SHIPPED / "smoking_core.toml").read_text("utf-8")


def without_table(text: str, header: str, having: str = "") -> str:
    """The file without one table, from its header to the next."""
    tables = re.split(r"(?m)^(?=\[)", text)
    return "".join(t for t in tables if not (t.startswith(header) and having in t))


def refusal(text: str) -> str:
    with pytest.raises(ContentRefused) as refused:
        read_instrument(text)
    return str(refused.value)


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_shipped_file_names_who_wrote_it_and_when_it_is_due(name: str) -> None:
    instrument = shipped()[name]
    assert instrument.authored_by
    assert instrument.next_review > instrument.reviewed_on
    assert instrument.sources
    assert instrument.direction in ("higher_is_worse", "no_direction")


@pytest.mark.parametrize(
    ("was", "becomes", "sentence"),
    [
        ('id = "q1"', 'id = "q2"', "the item q2 stands there twice"),
        ('id = "q1"', 'id = "q 1/../x"', "id is 'q 1/../x'; an id begins with a letter and holds"),
        ('id = "q1"', 'id = "notice"', "no question may be called notice"),
        ('id = "phq9"', 'id = "../phq9"', "id is '../phq9'; an id begins with a letter"),
        ("highest = 4", "highest = 5", "bands none and mild overlap"),
        ("highest = 4", "highest = 3", "no band holds a score of 4, between none and mild"),
        ("highest = 27\n", "highest = 26\n", "scores run from 0 to 27, not from 0 to 26"),
        ("value = 1, loinc", "value = 0, loinc", "the value 0 stands there twice"),
        ("version = ", "verzion = ", "version is missing"),
        ("[who]", "[who]\nyongest = 18", "yongest is not a key that is known here"),
        ('"how_often"', '"how_oftn"', "there are no shared options called how_oftn"),
        ("may_be_missing = 2", 'may_be_missing = "2"', "may_be_missing must be a whole number"),
        ("may_be_missing = 2", "may_be_missing = true", "may_be_missing must be a whole number"),
        (
            'type = "score_gte"',
            'type = "score_gt"',
            "flag phq9_caseness is of type score_gt; types",
        ),
        ("next_review = 2027", "next_review = 2025", "the next review is not after the last one"),
        (
            'direction = "higher_is_worse"',
            'direction = "up"',
            "direction is 'up'; it must be one of",
        ),
        ('ships = "yes"', 'ships = "so"', "ships is 'so'; it must be one of yes, with_notice, no"),
        ("value = 10", "value = 1e99", "value is a number beyond what can be scored"),
        ("lowest = 0", "lowest = 99999999999", "lowest is a number beyond what can be scored"),
        ('flag = "phq9_item9_positive"', 'flag = "phq9_item8"', "there is no tier A alert for q9"),
        ('tier = "A"', 'tier = "B"', "there is no tier A alert for q9 from 1 up"),
        (
            '["q3", "q4", "q5"]',
            '["q3", "q4", "q55"]',
            "a rule names q55, but there is no such item",
        ),
        (
            "reviewed_on = 2026-11-21",
            "reviewed_on = 1",
            "reviewed_on must be a day like 2026-11-21",
        ),
    ],
)
def test_a_slip_in_a_file_is_refused_in_words(was: str, becomes: str, sentence: str) -> None:
    assert was in PHQ9
    assert sentence in refusal(PHQ9.replace(was, becomes, 1))


@pytest.mark.parametrize(
    ("header", "having", "sentence"),
    [
        ("[rights]", "", "there is no licence; say in [rights] who may use whose wording"),
        ("[[examples]]", "", "there are no worked examples"),
        ("[[items]]", "", "there are no items"),
        ("[scoring]", "", "scoring: method is missing"),
        ("[who]", "", "who is missing"),
        ("[[flags]]", "item_gte", "there is no flag for q9 from 1 up; it cannot be left out"),
        (
            "[[flags]]",
            "item_missing",
            "there is no flag for q9 not answered; it cannot be left out",
        ),
        ("[[alerts]]", "not_answered", "there is no tier A alert for q9 not answered"),
    ],
)
def test_what_cannot_be_left_out_is_missed(header: str, having: str, sentence: str) -> None:
    changed = without_table(PHQ9, header, having)
    assert changed != PHQ9
    assert sentence in refusal(changed)


def test_what_is_published_as_a_target_says_where_it_comes_from() -> None:
    """Section 3.5 of the reference marks remission below 5 as general knowledge."""
    marked = [line for line in shipped()["phq9"].unverified if "remission" in line]
    assert marked == ["treat to target, remission: <5 (from general knowledge, not verified here)"]


def test_item_9_cannot_be_taken_out_of_phq9() -> None:
    changed = without_table(PHQ9, "[[items]]", 'id = "q9"')
    assert refusal(changed) == "phq9: q9 cannot be taken out of phq9; take phq8 instead"


def test_item_9_cannot_be_hidden_behind_a_condition() -> None:
    hidden = 'id = "q9"\nshow_if = { any_of = ["q2"], is_at_least = 1 }'
    assert "q9 cannot be taken out" in refusal(PHQ9.replace('id = "q9"', hidden))


def test_item_9_cannot_be_weakened_to_fire_later() -> None:
    flag = 'type = "item_gte"\nitem = "q9"\nvalue = 1'
    assert flag in PHQ9
    assert "no flag for q9 from 1 up" in refusal(PHQ9.replace(flag, flag.replace("1", "2")))


def test_a_file_without_a_source_is_refused() -> None:
    changed = re.sub(r"(?s)\nsources = \[.*?\n\]", "", GAD7)
    assert "no source is named" in refusal(changed)


def test_a_notice_that_must_be_shown_must_be_there() -> None:
    text = (SHIPPED / "hsi.toml").read_text("utf-8")
    assert "there is no notice" in refusal(re.sub(r"(?m)^notice = .*\n", "", text))


def test_an_answer_of_a_category_must_lead_somewhere() -> None:
    changed = SMOKING.replace('category = "daily"', 'category = "dayly"')
    assert "the answer 'Yes, every day' leads to no category" in refusal(changed)


@pytest.mark.parametrize(
    "condition", ['{ any_of = ["q1"] }', '{ any_of = ["q9"], is_at_least = 1 }']
)
def test_a_condition_must_be_whole_and_about_an_item(condition: str) -> None:
    changed = SMOKING.replace('{ any_of = ["q1"], is_one_of = [2, 3] }', condition)
    assert changed != SMOKING
    assert refusal(changed)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "rights"),
        ("id = ", "This instrument file is not valid TOML"),
        ('id = "x"\x00', "holds a NUL character"),
        ("id = 3", "there is no licence"),
    ],
)
def test_what_is_no_instrument_at_all_is_refused(text: str, sentence: str) -> None:
    assert sentence in refusal(text)


def test_a_fraction_that_no_band_holds_is_found() -> None:
    text = (SHIPPED / "peg.toml").read_text("utf-8")
    assert "no band holds a score of 3.9" in refusal(
        text.replace("highest = 3.94", "highest = 3.85")
    )
