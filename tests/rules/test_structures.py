"""Structures without wording, and what no instrument file may hold (hazards H4 and H7)."""

import pytest

from imparts.rules.content import ContentRefused
from imparts.rules.content_lines import line_of
from imparts.rules.instruments.reader import read_instrument
from imparts.rules.scoring.examples import read_proven
from tests.rules.invented_instruments import MISSING, a_file
from tests.rules.reference_instruments import SHIPPED, every, reference, shipped, structures

SUM = 'method = "sum"\nlowest = 0\nhighest = 9'
RANGE = "lowest = 0\nhighest = 9\n"
BETTER = {"facit_f", "msk_hq", "reqol10", "wemwbs", "swemwbs", "kccq12"}
UNSAID = {"smoking_core", "fft", "eq5d5l", "promis29", "promis10", "pam13", "gppaq", "dialog"}


def refusal(text: str) -> ContentRefused:
    with pytest.raises(ContentRefused) as refused:
        read_proven(text)
    return refused.value


@pytest.mark.parametrize("name", sorted(structures()))
def test_a_structure_holds_no_word_of_what_is_asked(name: str) -> None:
    instrument = structures()[name]
    assert instrument.rights.ships == "no" == reference()[name]["ships_wording"]
    assert not instrument.stem
    for item in instrument.items:
        assert (item.text, item.anchors) == ("", ())
        assert {option.label for option in item.options} <= {""}


def test_only_structures_lie_in_the_folder_of_structures() -> None:
    lying = {path.stem for path in (SHIPPED / "structures").glob("*.toml")}
    assert lying == set(structures())


def test_the_two_of_who_lie_beside_its_terms() -> None:
    folder = SHIPPED / "audit"
    assert {path.name for path in folder.iterdir()} == {"TERMS.md", "audit.toml", "auditc.toml"}
    assert shipped()["audit"].rights.notice in (folder / "TERMS.md").read_text("utf-8")


@pytest.mark.parametrize("name", sorted(every()))
def test_the_direction_is_what_the_reference_says_or_is_left_unsaid(name: str) -> None:
    said = every()[name]
    wanted = (
        "higher_is_better" if name in BETTER
        else "no_direction" if name in UNSAID
        else "higher_is_worse"
    )  # fmt: skip
    assert said.direction == wanted
    assert said.direction_note or said.has_wording


@pytest.mark.parametrize("name", sorted(reference()))
def test_what_is_from_general_knowledge_is_listed_in_words(name: str) -> None:
    listed = " ".join(every()[name].unverified)
    one = reference()[name]
    for place in ("rci", "mic"):
        status = (one.get(place) or {}).get("status", "")
        assert "general knowledge" not in status or status in listed
    for cut in one["cutpoints"]:
        assert "general knowledge" not in cut["status"] or cut["status"] in listed
    bands = one.get("bands_status", "")
    assert "general knowledge" not in bands or bands in listed


def test_what_was_seen_in_a_source_is_not_listed() -> None:
    assert not any(said.startswith("Cut") for said in every()["phq9"].unverified)
    assert any(one.startswith("Smallest important") for one in every()["phq9"].unverified)


@pytest.mark.parametrize(
    ("was", "becomes", "sentence"),
    [
        ("options = 'scale'", "options = 'scale'\ntext = 'Words?'", "a structure holds no wording"),
        ('direction = "h', 'stem = "Words"\ndirection = "h', "a structure holds no wording"),
        ("{ from = 0, to = 3 }", "[0, 1, 1]", "the value 1 stands there twice"),
        ("{ from = 0, to = 3 }", "[]", "there are no answers to choose from"),
        ("{ from = 0, to = 3 }", '["Yes"]', "scale must be a list of whole numbers"),
        ('holder = "nobody"', "", "holder is missing"),
        ('checked_by = "not yet checked by a clinician"', "", "checked_by is missing"),
        ('sources = ["invented for a test"]', "", "no source is named"),
    ],
)
def test_a_structure_with_a_slip_is_refused(was: str, becomes: str, sentence: str) -> None:
    text = a_file(SUM, ships="no", examples="")
    assert read_instrument(text).has_wording is False
    assert was in text
    assert sentence in str(refusal(text.replace(was, becomes, 1)))


@pytest.mark.parametrize(
    ("scoring", "more", "sentence"),
    [
        ('method = "licensor"', "", 'a licensor\'s method needs a formula'),
        ('method = "subscales"', "", "there are no subscales"),
        ('method = "table"\n' + RANGE, "", "there is no table called score"),
        ('method = "decision_table"', "", "the last row of a decision table must hold whatever"),
        ('method = "best_of_category"\n' + RANGE, "", "0 of 0 categories cannot be needed"),
        ('method = "sum"\nneeds = "table"\n' + RANGE, "", "cannot be asked while its table is"),
        ('method = "sum"\nmultiply_by = 0\n' + RANGE, "", "multiply_by must be above 0"),
        ('method = "sum"\ndecimals = 9\n' + RANGE, "", "decimals is 9; it must be from 0 to 6"),
        ('method = "sum"\nneeds = "luck"\n' + RANGE, "", "needs is 'luck'; it must be one of"),
        (SUM, "[[cuts]]\ncode='c'\nvalue=1\nstatus='s'\nof='no'\n", "the cut c is on no, but"),
        (SUM, "[[scoring.subscales]]\nname='a'\nlabel='A'\nitems=[]\n", "a subscale without items"),
        (
            SUM,
            "[[scoring.subscales]]\nname='a'\nlabel='A'\nitems=['q1']\nrecoded={0=0}\n",
            "a does not say what 1 counts",
        ),
        (
            SUM,
            "[[scoring.subscales]]\nname='a'\nlabel='A'\nitems=['q1']\ntable='t'\n"
            "[[scoring.tables]]\nname='t'\npairs=[[0,1],[1,5],[2,3],[3,4]]\n",
            "the table t rises and falls",
        ),
        (
            SUM,
            "[[scoring.subscales]]\nname='a'\nlabel='A'\nitems=['q1']\ntable='t'\n"
            "[[scoring.tables]]\nname='t'\npairs=[[0,1],[1,2],[3,4]]\n",
            "the table t must hold each score from 0 to 3 once",
        ),
        (
            SUM,
            "[[scoring.subscales]]\nname='a'\nlabel='A'\nitems=['q1']\ntable='t'\n"
            "[[scoring.tables]]\nname='t'\npairs=[[0,1.5],[1,2],[2,3],[3,4]]\n",
            "the table t has results finer than decimals says",
        ),
        (
            SUM,
            "[[scoring.subscales]]\nname='a'\nlabel='A'\nitems=['q1']\nrecoded={--1=0}\n",
            "'--1' is not the value of an answer",
        ),
        (
            SUM,
            "[[scoring.tables]]\nname='t'\npairs=[[0,1],[1]]\n",
            "pairs must be a list of pairs like",
        ),
    ],
)  # fmt: skip
def test_a_way_of_scoring_that_lacks_a_part_is_refused(
    scoring: str, more: str, sentence: str
) -> None:
    assert sentence in str(refusal(a_file(scoring, more=more)))


def test_a_missing_answer_counts_nought_only_in_a_sum() -> None:
    missing = MISSING + "counts_as_zero = 1\n"
    mean = 'method = "mean"\nlowest = 0\nhighest = 3'
    assert "only in a sum" in str(refusal(a_file(mean, missing=missing)))


def test_least_answered_is_a_number_of_answers_that_there_are() -> None:
    missing = "[scoring.missing]\nleast_answered = 4\nrule = 'half'\n"
    assert "least_answered is 4, of 3 that count" in str(refusal(a_file(SUM, missing=missing)))
    two = read_instrument(a_file(SUM, missing=missing.replace("4", "2")))
    assert (two.scoring.may_be_missing, two.scoring.least_answered) == (1, 2)


def test_a_text_in_the_patients_own_words_counts_nowhere() -> None:
    text = "[[items]]\nid='own'\ntext='Say.'\nfree_text=true\n"
    flag = "[[flags]]\ncode='f'\ntype='item_gte'\nitem='own'\nvalue=1\n"
    assert "its answer is free text" in str(refusal(a_file(SUM, more_items=text, more=flag)))
    scored = text + "scored=true\n"
    assert "free text cannot be scored" in str(refusal(a_file(SUM, more_items=scored)))


def test_too_many_answers_that_decide_about_others_are_refused() -> None:
    names = [f"q{n}" for n in range(1, 11)]
    skip = f"[[scoring.skips]]\nrule='if_zero'\nwhen_items={names}\nskips=['q11']\n"
    scoring = SUM.replace("9", "33")
    assert "too much depends on other answers" in str(refusal(a_file(scoring, items=11, more=skip)))


@pytest.mark.parametrize(
    ("was", "becomes", "sentence"),
    [
        ("score = 5\n", "score = 6\n", "phq9, examples 2: score is 5, not 6"),
        ('band = "mild"', 'band = "severe"', "phq9, examples 2: band is mild, not severe"),
        ("lower = 5\n", "lower = 4\n", "phq9, examples 2: lower is 5, not 4"),
        ('status = "complete"', 'status = "prorated"', "examples 1: status is complete, not"),
        ("answers = { q1 = 0,", "answers = { q1 = 9,", "examples 1: q1 is 9; phq9 answers run"),
    ],
)
def test_a_file_whose_examples_fail_is_refused_with_its_line(
    was: str, becomes: str, sentence: str
) -> None:
    text = (SHIPPED / "phq9.toml").read_text("utf-8")
    assert was in text
    changed = text.replace(was, becomes, 1)
    refused = refusal(changed)
    assert sentence in str(refused)
    line = line_of(changed, refused)
    assert line is not None
    assert changed.splitlines()[line - 1] in (becomes.strip(), "[[examples]]")


@pytest.mark.parametrize(
    ("was", "becomes", "on_line"),
    [
        ('id = "q3"\ntext', 'id = "q3"\ntekst', "[[items]]"),
        ('direction = "higher_is_worse"', 'direction = "up"', 'direction = "up"'),
        ("highest = 27\n", "highest = 26\n", "highest = 26"),
        ('type = "score_gte"', 'type = "score_gt"', 'type = "score_gt"'),
        ('flag = "phq9_item9_not', 'flag = "x_item9_not', "[[harm_items]]"),
        ("youngest = 18", "yungest = 18", "yungest = 18"),
        ("value = 10", "value = ten", "value = ten"),
        ("[who]", "[whom]", None),
    ],
)
def test_a_refusal_stands_on_a_line(was: str, becomes: str, on_line: str | None) -> None:
    text = (SHIPPED / "phq9.toml").read_text("utf-8")
    assert was in text
    changed = text.replace(was, becomes, 1)
    line = line_of(changed, refusal(changed))
    assert (None if line is None else changed.splitlines()[line - 1]) == on_line
