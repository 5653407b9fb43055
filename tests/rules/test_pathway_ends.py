"""A threshold stands at the end where people are unwell, whichever way the scores run (H1)."""

import pytest

from imparts.rules.content import ContentRefused
from imparts.rules.pathways.checks import refuse_what_cannot_be
from imparts.rules.pathways.reader import read_pathway
from imparts.rules.pathways.recommend import recommend
from imparts.rules.scoring.score import score
from tests.rules.invented_pathways import FILES, OPTIONS
from tests.rules.reference_instruments import every

TEXT = """
id = "invented"
title = "Invented"
version = "1"
authored_by = "Invented"
checked_by = "not yet checked by a clinician"
reviewed_on = 2026-11-17
next_review = 2027-11-17
sources = ["Invented, from general knowledge."]
[[levels]]
code = "tired"
when = [{ instrument = "facit_f", score_up_to = 30, because = "energy is 30 or less" }]
[[levels.steps]]
id = "ask"
order = 1
verb_first = "Ask"
text = " how they are"
within = "this visit"
responsible = "the clinic"
source = "Invented."
"""


def energy(answered: int, good: int = 2) -> dict[str, object]:
    """FACIT-F, of which the first items are answered, each worth 2 or another number of points."""
    facit = every()["facit_f"]
    items = facit.items[:answered]
    answers = {item.id: 4 - good if item.reverse else good for item in items}
    return {"facit_f": score(facit, answers)}


def test_up_to_a_value_is_met_by_those_who_are_unwell_and_not_by_those_who_are_well() -> None:
    pathway = read_pathway(TEXT)
    assert [one.step_id for one in recommend(pathway, energy(13))] == ["ask"]
    assert recommend(pathway, energy(13, good=4)) == ()


def test_an_estimate_is_acted_on_as_the_lowest_that_it_could_be() -> None:
    found = energy(10, good=3)
    assert found["facit_f"].score == 39 and found["facit_f"].lower == 30
    (step,) = recommend(read_pathway(TEXT), found)
    assert step.reason.startswith("Because energy may be 30 or less (estimated 39")
    assert recommend(read_pathway(TEXT.replace("= 30,", "= 29,")), found) == ()


def test_without_a_score_only_what_is_certain_meets_it() -> None:
    few = energy(5, good=0)
    assert few["facit_f"].score is None and few["facit_f"].upper == 32
    assert recommend(read_pathway(TEXT), few) == ()
    (step,) = recommend(read_pathway(TEXT.replace("= 30,", "= 32,")), few)
    assert step.reason.endswith("(not all answered, at most 32).")


@pytest.mark.parametrize("key", ["wemwbs", "reqol10", "facit_f"])
def test_from_a_value_up_is_refused_where_higher_is_better(key: str) -> None:
    text = TEXT.replace("facit_f", key).replace("score_up_to", "score_from")
    with pytest.raises(ContentRefused, match="met by people who are well"):
        refuse_what_cannot_be(read_pathway(text), every(), OPTIONS)


def test_up_to_a_value_is_refused_where_higher_is_worse() -> None:
    with pytest.raises(ContentRefused, match="say score_from"):
        refuse_what_cannot_be(read_pathway(TEXT.replace("facit_f", "phq9")), every(), OPTIONS)


@pytest.mark.parametrize("path", FILES.values(), ids=FILES)
def test_the_shipped_pathways_stand_at_the_right_ends(path) -> None:
    assert len(FILES) == 5
    refuse_what_cannot_be(read_pathway(path.read_text("utf-8")), every(), OPTIONS)
