"""What a passport says of shipped instruments, word for word."""

from dataclasses import replace
from decimal import Decimal

import pytest

from imparts.rules.instruments.definition import Flag, Instrument
from imparts.rules.instruments.scoring_reader import METHODS
from imparts.rules.instruments.unverified import statuses
from imparts.rules.passport.definition import Facts, Formula, Grid, Passport
from imparts.rules.passport.flags import IN_WORDS as FLAGS_IN_WORDS
from imparts.rules.passport.flags import flag_in_words
from imparts.rules.passport.marks import GENERAL, PROJECT, SEEN, UNSTATED, mark_of, origin_of
from imparts.rules.passport.methods import IN_WORDS
from imparts.rules.passport.passport import passport_of
from imparts.rules.passport.phrases import DASH, MINUS, TIMES, named
from imparts.rules.scoring.flags import RULES
from tests.rules.passport.invented import kettles, scored_by
from tests.rules.reference_instruments import shipped


def passport(name: str) -> Passport:
    """The passport of one shipped instrument."""
    return passport_of(shipped()[name])


def formulas(instrument: Instrument) -> list[str]:
    """Every line of a formula in it."""
    sections = passport_of(instrument).sections
    return [
        line
        for section in sections
        for block in section.blocks
        if isinstance(block, Formula)
        for line in block.lines
    ]


def grid(found: Passport, section: str, caption: str) -> Grid:
    """One table."""
    asked = found.section(section)
    assert asked is not None
    return next(b for b in asked.blocks if isinstance(b, Grid) and b.caption == caption)


def said(found: Passport, section: str) -> str:
    """All words of one section."""
    alone = [one for one in found.sections if one.code == section]
    return "\n".join(replace(found, sections=tuple(alone)).spoken())


def test_the_total_of_phq9_is_written_as_one_would_write_it() -> None:
    assert formulas(shipped()["phq9"])[:2] == ["total = q1 + … + q9", "range 0 to 27"]


def test_one_or_two_missing_answers_are_scaled_up_in_the_formula_too() -> None:
    lines = formulas(shipped()["phq9"])
    assert lines[2] == (
        f"if 1 or 2 answers are missing: total = sum of the answers given {TIMES} 9 ÷ number of "
        "answers given, rounded to a whole number, halves up"
    )
    assert lines[3] == "if 3 or more are missing: no score"


def test_a_mean_names_how_it_is_rounded() -> None:
    expected = "score = (q1 + q2 + q3) ÷ 3, rounded to 1 decimal, halves up"
    assert expected in formulas(shipped()["peg"])


def test_a_reversed_item_is_taken_from_the_other_end_in_the_formula() -> None:
    assert f"total = (q1 + (2 {MINUS} q2) + q3 + q4 + q5) {TIMES} 1.5" in formulas(kettles())[0]


def test_every_method_that_a_file_may_name_has_words() -> None:
    assert set(IN_WORDS) == set(METHODS)
    for method in METHODS:
        made = passport_of(scored_by(method))
        assert made.sections and made.gist


def test_every_type_of_flag_that_fires_has_words() -> None:
    assert set(FLAGS_IN_WORDS) == set(RULES)


def test_a_flag_on_one_answer_names_the_answers_that_set_it() -> None:
    phq9 = shipped()["phq9"]
    flag = next(one for one in phq9.flags if one.code == "phq9_item9_positive")
    assert flag_in_words(phq9, flag) == (
        "q9 is answered 1 or more, that is “Several days”, “More than half the days” or "
        "“Nearly every day”"
    )


def test_the_clusters_of_the_dsm5_rule_are_those_that_the_engine_counts() -> None:
    words = flag_in_words(kettles(), Flag("ptsd", "dsm5_pcl5"))
    assert "1 of q1 to q5, 1 of q6 to q7, 2 of q8 to q14 and 2 of q15 to q20" in words


def test_a_score_flag_says_what_holds_without_a_score() -> None:
    flag = Flag("case", "score_gte", value=Decimal(10))
    assert flag_in_words(kettles(), flag) == (
        "the score is 10 or more; without a score, when the least that is still possible is"
    )


def test_bands_and_cuts_stand_in_tables_with_their_origin() -> None:
    found = passport("phq9")
    assert grid(found, "meaning", "Bands").rows[3] == (
        "15 to 19", "Moderately severe", "moderately_severe",
    )  # fmt: skip
    assert grid(found, "meaning", "Cut points").rows[0][2].startswith(f"{SEEN}: CamCOPS docs")


@pytest.mark.parametrize(
    ("status", "mark"),
    [
        ("source: two public calculators", SEEN),
        ("from general knowledge, not verified here", GENERAL),
        ("one part source: a paper; the rest from general knowledge, not verified here", GENERAL),
        ("project rule", PROJECT),
        ("", UNSTATED),
    ],
)
def test_the_least_certain_mark_counts(status: str, mark: str) -> None:
    assert mark_of(status) == mark


def test_a_mark_is_not_said_twice() -> None:
    assert origin_of("from general knowledge, not verified here") == GENERAL
    assert origin_of("source: a paper") == f"{SEEN}: a paper"
    assert origin_of("project rule") == PROJECT


def test_every_unverified_rule_of_a_shipped_file_gets_that_mark() -> None:
    for instrument in shipped().values():
        for what, status in statuses(instrument):
            if f"{what}: {status}" in instrument.unverified:
                assert mark_of(status) == GENERAL, (instrument.id, what)


def test_who_signs_reads_each_rule_that_is_not_verified() -> None:
    unverified = {one.id: one.unverified for one in shipped().values()}
    assert any(unverified.values())
    for name, rules in unverified.items():
        words = said(passport(name), "authors")
        assert all(rule.rstrip(".") in words for rule in rules), name


def test_a_questionnaire_for_adults_says_so_in_both_places() -> None:
    found = passport("phq9")
    assert "18 and over." in said(found, "who")
    assert "It may not be asked of people under 18." in said(found, "may_not")


def test_what_the_file_does_not_state_is_said_to_be_unstated() -> None:
    words = said(passport("gad7"), "who")
    assert "Paper, tablet or at home\nNot stated in the file." in words


def test_an_example_with_answers_missing_shows_the_gaps_and_what_could_be() -> None:
    row = grid(passport("phq9"), "examples", "Worked examples").rows[7]
    assert row[0] == f"1 1 1 1 1 1 1 {DASH} {DASH}; difficulty = 0"
    assert row[1:4] == ("estimated", "9, Mild", "7 to 13")


def test_a_structure_without_wording_says_that_it_may_not_be_shown() -> None:
    assert "until a licensed wording has been loaded" in said(passport_of(kettles()), "may_not")


def test_a_licence_is_named_with_its_end() -> None:
    section = passport_of(kettles()).section("rights")
    assert section is not None and isinstance(section.blocks[0], Facts)
    facts = {fact.term: fact.text for fact in section.blocks[0].rows}
    assert facts["Licence number"] == "K-1"
    assert facts["Licence ends"] == "6 May 2028"


def test_nobody_checked_a_file_that_nobody_checked() -> None:
    for instrument in shipped().values():
        assert "Not yet checked by a clinician." in said(passport_of(instrument), "authors")


def test_runs_of_names_are_shortened_and_others_left() -> None:
    assert named(["q1", "q2", "q3", "q5", "difficulty"]) == "q1 to q3, q5 and difficulty"
    assert named(["q1", "q2"], "or") == "q1 or q2"
