"""Results with parts, profiles and words: a number never without its scale and direction (H6)."""

from dataclasses import replace

import pytest

from imparts.rules.instruments.definition import Instrument
from tests.apps.workspace.results import a_result, all_at, gist_of, rows_of, summary_of
from tests.rules.reference_instruments import every

HADS = every()["hads"]
CASE = {f"q{n}": 2 if n % 2 else 1 for n in range(1, 15)}  # anxiety 14, depression 7
FEW = {f"q{n}": 1 for n in range(1, 5)}


def turned(instrument: Instrument, **directions: str) -> Instrument:
    """The same instrument with parts that run another way."""
    subscales = tuple(
        replace(part, direction=directions.get(part.name, ""))
        for part in instrument.scoring.subscales
    )
    return replace(instrument, scoring=replace(instrument.scoring, subscales=subscales))


def test_a_measure_with_two_parts_and_no_total_has_a_row_for_each() -> None:
    assert rows_of(a_result(HADS, CASE)) == {
        "Higher = worse": [
            ("Anxiety HADS", "14 of 21", "probable case", "first time"),
            ("Depression HADS", "7 of 21", "normal", "first time"),
        ]
    }


def test_each_part_has_its_own_change_and_course() -> None:
    result = a_result(HADS, CASE, {**CASE, "q1": 0}, all_at(HADS, 1))
    (table,) = summary_of(result).measures
    assert ["".join(p.text for p in row.change) for row in table.rows] == [
        "important rise (+7)",
        "same",
    ]
    assert [len(row.spark.dots) for row in table.rows if row.spark] == [3, 3]


def test_important_is_explained_and_says_that_nobody_verified_it() -> None:
    page = summary_of(a_result(HADS, CASE, all_at(HADS, 1)))
    assert page.legend.endswith(
        "HADS: a change of 1.5 points (from general knowledge) matters to people."
    )
    assert "anxiety 14/21 (probable case; 7 in June, an important rise)" in page.letter


def test_a_fall_of_30_per_cent_in_peg_is_important_and_published() -> None:
    peg = every()["peg"]
    page = summary_of(a_result(peg, all_at(peg, 4), all_at(peg, 6)))
    (row,) = page.measures[0].rows
    assert "".join(p.text for p in row.change) == "important fall (\N{MINUS SIGN}2)"
    assert page.legend.endswith("PEG: a fall of 30% (published) matters to people.")
    rise = summary_of(a_result(peg, all_at(peg, 6), all_at(peg, 4)))
    assert "important" not in rise.letter + rise.legend


def test_where_chance_is_known_nothing_is_called_important() -> None:
    phq9 = every()["phq9"]
    before = {f"q{n}": 1 for n in range(1, 10)}
    page = summary_of(a_result(phq9, {**before, "q1": 3, "q2": 3, "q3": 2}, before))
    (row,) = page.measures[0].rows
    assert "".join(p.text for p in row.change) == "same (+5)"  # 5 matters, and may be chance
    assert "important" not in page.legend + page.letter


def test_an_estimated_part_is_compared_with_nothing() -> None:
    result = a_result(HADS, {**CASE, "q1": None}, all_at(HADS, 0))
    (table,) = summary_of(result).measures
    anxiety, depression = table.rows
    assert (anxiety.change, anxiety.is_compared) == ((), False)
    assert anxiety.in_words == "estimated 14, could be 12 to 15"
    assert depression.is_compared


def test_a_part_without_a_score_says_what_is_certain_and_the_other_keeps_its_own() -> None:
    answers = {name: value for name, value in CASE.items() if int(name[1:]) % 2}
    rows = rows_of(a_result(HADS, answers))["Higher = worse"]
    assert rows[0][:3] == ("Anxiety HADS", "14 of 21", "probable case")
    assert rows[1][:3] == ("Depression HADS", "", "not answered")
    few = rows_of(a_result(HADS, FEW))["Higher = worse"]
    assert few[0][2] == "2 of 7 answered: no score, could be 2 to 17"


def test_parts_that_run_another_way_stand_in_a_table_of_their_own() -> None:
    result = a_result(turned(HADS, depression="higher_is_better"), CASE)
    assert {head: [row[0] for row in rows] for head, rows in rows_of(result).items()} == {
        "Higher = worse": ["Anxiety HADS"],
        "Higher = better": ["Depression HADS"],
    }


def test_a_fall_of_a_part_that_runs_the_other_way_is_worse() -> None:
    moved = replace(turned(HADS, depression="higher_is_better"), reliable_change=4)
    page = summary_of(a_result(moved, all_at(HADS, 0), CASE))
    changes = {
        row.name: "".join(p.text for p in row.change)
        for table in page.measures
        for row in table.rows
    }
    assert changes == {
        "Anxiety": "\N{DOWNWARDS ARROW} 14 better",
        "Depression": "\N{DOWNWARDS ARROW} 7 worse",
    }


def test_numbers_whose_direction_no_file_states_are_never_under_worse() -> None:
    rows = rows_of(a_result(every()["dialog"], all_at(every()["dialog"], 4)))
    assert list(rows) == ["Direction not stated"]
    assert rows["Direction not stated"][0] == (
        "Quality of life DIALOG",
        "4 of 7",
        "no bands known",
        "first time",
    )


def test_a_profile_is_read_as_digits_and_never_as_a_number() -> None:
    answers = {"q1": 1, "q2": 1, "q3": 2, "q4": 2, "q5": 3, "vas": 75}
    result = a_result(every()["eq5d5l"], answers)
    profile, own_health = rows_of(result)["Direction not stated"]
    assert profile == (
        "Health in five areas EQ-5D-5L",
        "",
        "profile 11223",
        "One digit for each answer, in the order asked; they are not added up.",
    )
    assert own_health[:2] == ("Own health EQ-5D-5L", "75 of 100")
    assert "EQ-5D-5L: profile 11223, own health 75/100." in summary_of(result).letter


def test_a_profile_with_an_answer_missing_is_none() -> None:
    result = a_result(every()["eq5d5l"], {"q1": 1, "q2": 1, "q3": 2, "q4": 2, "vas": 75})
    assert rows_of(result)["Direction not stated"][0][2] == "4 of 5 answered: no profile"


def test_halves_stand_under_their_total_without_a_picture() -> None:
    phq4 = every()["phq4"]
    page = summary_of(a_result(phq4, {"q1": 1, "q2": 1, "q3": 1, "q4": 2}, all_at(phq4, 0)))
    total, anxiety, depression = page.measures[0].rows
    assert (total.is_part, anxiety.is_part, depression.is_part) == (False, True, True)
    assert total.spark is not None
    assert anxiety.spark is depression.spark is None
    assert depression.in_words == "at or above the cut of 3"
    assert "".join(p.text for p in depression.change) == "changed (+3)"


@pytest.mark.parametrize(
    ("value", "word"),
    [(1, "positive"), (3, "neither good nor poor"), (5, "negative"), (6, "don't know")],
)
def test_the_friends_and_family_test_is_a_word(value: int, word: str) -> None:
    result = a_result(every()["fft"], {"q1": value})
    assert rows_of(result) == {"Measure": [("Experience of the service", "", word, "")]}
    assert gist_of(result) == ""


def test_what_was_written_stands_among_the_answers_and_counts_as_answered() -> None:
    result = a_result(every()["fft"], {"q1": 1})
    why = replace(result.answers[1], written="<b>Kind</b> & quick")
    page = summary_of(replace(result, answers=(result.answers[0], why)))
    assert page.groups[0].lines[1].words == "<b>Kind</b> & quick"
    assert "2 of 2 answered" in "".join(phrase.text for phrase in page.answered)
    left = summary_of(result)
    assert left.groups[0].lines[1].words == "Not reached"


def test_words_stand_with_the_numbers_and_give_their_table_no_direction() -> None:
    smoking, fft = every()["smoking_core"], every()["fft"]
    phq9, wemwbs = every()["phq9"], every()["wemwbs"]
    words = (a_result(smoking, {"q1": 0}), a_result(fft, {"q1": 1}))
    both = rows_of(*words, a_result(phq9, all_at(phq9, 1)), a_result(wemwbs, all_at(wemwbs, 3)))
    assert [len(rows) for rows in both.values()] == [3, 1]
    assert list(rows_of(*words)) == ["Measure"]
    better = rows_of(*words, a_result(wemwbs, all_at(wemwbs, 3)))
    assert {head: len(rows) for head, rows in better.items()} == {"Higher = better": 3}


def test_heaviness_of_smoking_is_told_beside_the_words_and_a_profile_hides_nothing() -> None:
    smoking, hsi = every()["smoking_core"], every()["hsi"]
    told = rows_of(a_result(smoking, {"q1": 3, "q2": 2}), a_result(hsi, {"q1": 2, "q2": 0}))
    assert [row[0] for row in told["Measure"]] == ["Smoking"]
    profile = replace(every()["eq5d5l"], part="Mood")
    both = rows_of(a_result(profile, all_at(profile, 1)), a_result(every()["phq9"], {"q1": 1}))
    assert [row[0] for row in both["Higher = worse"]] == ["Low mood PHQ-9"]
