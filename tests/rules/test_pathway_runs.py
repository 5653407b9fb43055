"""Running a pathway over past visits, and two runs side by side: arithmetic, groups, too few."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imparts.rules.pathways.comparison import FEWEST_PEOPLE, Comparison, compare
from imparts.rules.pathways.context import VisitContext
from imparts.rules.pathways.draft import with_threshold
from imparts.rules.pathways.recommend import recommend
from imparts.rules.pathways.shares import FEWEST_SHOWN, Groups, shares_of
from imparts.rules.pathways.simulation import PastVisit, Run, run
from tests.rules.invented_pathways import (
    MOOD,
    OPTIONS,
    PATHWAYS,
    SELF_HARM,
    a_visit,
    before,
    low_mood,
    threshold,
    worry,
)

UNTIL = date(2026, 11, 16)
SINCE = UNTIL - timedelta(days=364)
FROM_15 = with_threshold(MOOD, "severe", 1, threshold(15))


def side_by_side(visits: list[PastVisit], **more) -> Comparison:
    """Live, and liaison from 15, over a year."""
    asked: dict = {
        "options": OPTIONS, "capacity": {}, "known": {}, "groups": {}, "never_asked": 0, **more,
    }  # fmt: skip
    return compare(run(MOOD, visits), run(FROM_15, visits), since=SINCE, until=UNTIL, **asked)


def line(found: Comparison, option: str):
    return next(one for one in found.lines if one.option == option)


def people(total: int, number: int, *, first: int = 1) -> list[PastVisit]:
    """So many people with this low mood, one visit each."""
    return [a_visit(first + place, low_mood(total)) for place in range(number)]


@pytest.fixture(scope="module")
def a_year() -> list[PastVisit]:
    """As on the page: 153 people at 20, 61 at 17, and others."""
    return [*people(20, 153), *people(17, 61, first=1000), *people(12, 238, first=2000)]


def test_sixty_one_more_in_twelve_months_are_one_point_two_a_week(a_year) -> None:
    found = line(side_by_side(a_year, capacity={"liaison_psychiatry": Decimal("4.0")}),
                 "liaison_psychiatry")  # fmt: skip
    assert (found.live, found.draft, found.change) == (153, 214, "+61")
    assert (str(found.a_week_live), str(found.a_week_draft)) == ("2.9", "4.1")
    assert found.a_week_change == "1.2 more a week"
    assert (found.capacity_words, found.verdict) == ("4.0", "0.1 a week over")


def test_what_is_lost_is_said_beside_what_is_gained(a_year) -> None:
    found = side_by_side(a_year)
    lost = line(found, "team_psychologist")
    assert (lost.live, lost.draft, lost.change) == (61, 0, "\N{MINUS SIGN}61")
    assert lost.a_week_change == "1.2 fewer a week"
    gained, gone = found.moved
    assert gained.words == (
        "Of the 61 more sent to liaison psychiatry, none is already known to it."
    )
    assert gone.words == "The same 61 are no longer sent to the team psychologist."
    same = line(found, "talking_therapies")
    assert (same.live, same.change, same.a_week_change) == (238, "same", "")


def test_who_is_already_known_was_known_before_the_visit(a_year) -> None:
    moved = [one.person for one in a_year if one.scores["phq9"].score == 17]
    on = {one.person: one.on for one in a_year}
    known = {one: on[one] - timedelta(days=1) for one in moved[:40]}
    known |= {one: on[one] for one in moved[40:]}
    gained = side_by_side(a_year, known={"liaison_psychiatry": known}).moved[0]
    assert gained.already_known == 40
    assert gained.words == (
        "Of the 61 more sent to liaison psychiatry, 40 are already known to it."
    )


@pytest.mark.parametrize(
    ("known", "said"), [(0, 0), (7, None), (8, 8), (53, 53), (54, None), (61, 61)]
)
def test_few_who_are_known_are_not_counted_out(a_year, known: int, said: int | None) -> None:
    moved = [one.person for one in a_year if one.scores["phq9"].score == 17]
    known_to = {"liaison_psychiatry": dict.fromkeys(moved[:known], date(2020, 1, 1))}
    assert side_by_side(a_year, known=known_to).moved[0].already_known == said


def test_capacity_that_nobody_stated_is_not_no_limit(a_year) -> None:
    found = side_by_side(a_year, capacity={"talking_therapies": None})
    assert line(found, "talking_therapies").capacity_words == "no limit"
    assert line(found, "liaison_psychiatry").capacity_words == "not stated"
    assert line(found, "liaison_psychiatry").verdict == ""


def test_a_person_counts_once_an_option_and_a_response_each_time() -> None:
    visits = [a_visit(number, low_mood(21), worry(3), person=7) for number in range(1, 5)]
    found = run(MOOD, visits)
    assert (found.responses, found.visits, len(found.people)) == (8, 4, 1)
    assert found.sent == {"liaison_psychiatry": {UUID(int=7): visits[0].on}}
    assert side_by_side(visits).heading == "Run over the last 12 months: 8 responses of 1 person"


def test_somebody_in_treatment_with_an_option_is_not_sent_there() -> None:
    treated = VisitContext(in_treatment=frozenset({"liaison_psychiatry"}))
    found = run(MOOD, [a_visit(1, low_mood(21), context=treated)])
    assert found.sent == {}
    assert list(found.steps.values()) == [("assess_mood_today_20", "liaison_psychiatry")]


def test_item_9_is_counted_whatever_the_total_and_stays_the_same() -> None:
    visits = [a_visit(1, low_mood(1, item9=1)), a_visit(2, low_mood(20)), a_visit(3, worry(3))]
    found = side_by_side(visits)
    assert (found.item9_live, found.item9_draft, found.item9_words) == (1, 1, "unchanged")
    assert run(SELF_HARM, visits).talks == 1


def test_too_few_people_are_said_to_be_too_few_and_the_limit_is_not() -> None:
    few = side_by_side(people(20, FEWEST_PEOPLE - 1))
    assert few.too_few.startswith("Fewer than 50 people answered in this time.")
    assert side_by_side(people(20, FEWEST_PEOPLE)).too_few == ""


def test_nobody_at_all_is_too_few_and_nothing_breaks() -> None:
    found = side_by_side([])
    assert (found.responses, found.people, found.moved) == (0, 0, ())
    assert found.heading == "Run over the last 12 months: 0 responses of 0 people"
    assert found.too_few


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, ""),
        (1, "1 person who attended was never asked, so is in no column."),
        (1412, "1,412 people who attended were never asked, so they are in no column."),
    ],
)
def test_people_who_were_never_asked_are_counted_apart(number: int, said: str) -> None:
    assert side_by_side([], never_asked=number).never_asked_words == said


def group(sex: str = "male", age: int = 50, ethnic: str = "White", speaks: bool = True) -> Groups:
    return Groups(sex, age, not speaks, ethnic)


def shown(here: list[Groups], everyone: list[Groups]) -> dict[str, tuple[int | None, int | None]]:
    all_groups = {UUID(int=number): one for number, one in enumerate([*here, *everyone])}
    ids = list(all_groups)
    found = shares_of(ids[: len(here)], ids, all_groups)
    return {one.name: (one.moved, one.asked) for one in found}


def test_shares_are_whole_per_cents_beside_all_who_were_asked() -> None:
    here = [*[group("female", 80)] * 15, *[group(ethnic="Asian")] * 15]
    found = shown(here, [group(ethnic="Black")] * 30)
    assert found == {
        "Women": (50, 25), "75 or over": (50, 25), "Interpreter": (0, 0), "Asian": (50, 25),
        "Black": (0, 50), "White": (50, 25), "Other, not known": (0, 0),
    }  # fmt: skip


def test_groups_under_eight_are_joined_or_hidden() -> None:
    here = [*[group("female")] * 7, *[group(ethnic="Asian")] * 5, *[group(ethnic="Mixed")] * 9,
            *[group()] * 20]  # fmt: skip
    found = shown(here, here)
    assert found["Women"] == (None, 17)
    assert "Asian" not in found
    assert found["White"] == (66, 66) and found["Other, not known"] == (34, 34)


def test_a_rest_that_is_small_takes_another_group_in() -> None:
    here = [*[group(ethnic="Asian")] * 3, *[group(ethnic="Black")] * 8, *[group()] * 20]
    assert set(shown(here, here)) >= {"White", "Other, not known"}
    assert "Black" not in shown(here, here)


def test_of_fewer_than_eight_people_nothing_is_said() -> None:
    visits = [*people(17, FEWEST_SHOWN - 1), *people(3, 60, first=100)]
    gained = side_by_side(visits).moved[0]
    assert gained.shares == ()
    assert gained.shares_words == (
        "Fewer than 8 people are moved, so nothing is said of who they are."
    )


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["Asian", "Black", "White", "Mixed", ""]), min_size=8, max_size=80))
def test_no_group_of_one_to_seven_is_ever_shown_and_ethnic_shares_add_up(kinds: list[str]) -> None:
    everyone = {UUID(int=n): group(ethnic=kind) for n, kind in enumerate(kinds)}
    found = [
        one for one in shares_of(list(everyone), list(everyone), everyone)
        if one.name not in ("Women", "75 or over", "Interpreter")
    ]  # fmt: skip
    assert sum(one.moved or 0 for one in found) == 100
    named = {one.name: kinds.count(one.name) for one in found if one.name != "Other, not known"}
    rest = len(kinds) - sum(named.values())
    assert all(number == 0 or number >= FEWEST_SHOWN for number in (*named.values(), rest))


SCORES = st.tuples(st.integers(0, 24), st.integers(0, 21), st.booleans())
CONTEXTS = st.builds(
    VisitContext,
    age=st.none() | st.integers(16, 99),
    in_treatment=st.none() | st.frozensets(st.sampled_from(list(OPTIONS))),
)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(list(PATHWAYS)), st.lists(st.tuples(SCORES, CONTEXTS), max_size=12))
def test_a_run_suggests_what_live_running_suggests(
    name: str, drawn: list[tuple[tuple[int, int, bool], VisitContext]]
) -> None:
    visits = [
        a_visit(
            number, low_mood(mood + positive, item9=int(positive)), worry(anxious), context=context
        )
        for number, ((mood, anxious, positive), context) in enumerate(drawn)
    ]
    live = {
        one.about: tuple(
            step.step_id for step in recommend(PATHWAYS[name], one.scores, one.context)
        )
        for one in visits
    }
    found = run(PATHWAYS[name], visits)
    assert {about: found.steps.get(about, ()) for about in live} == live
    assert _sent_live(PATHWAYS[name], visits) == {
        option: set(people) for option, people in found.sent.items()
    }


def _sent_live(pathway, visits: list[PastVisit]) -> dict[str, set[UUID]]:
    sent: dict[str, set[UUID]] = {}
    for visit in visits:
        for step in recommend(pathway, visit.scores, visit.context):
            own = pathway.step(step.step_id)
            if step.options and not (own.continued and step.kind == "review"):
                sent.setdefault(step.options[0], set()).add(visit.person)
    return sent


def test_the_same_pathway_beside_itself_moves_nobody(a_year) -> None:
    live: Run = run(MOOD, a_year)
    found = compare(
        live, live, since=SINCE, until=UNTIL, options=OPTIONS, capacity={}, known={}, groups={},
        never_asked=0,
    )  # fmt: skip
    assert found.moved == () and {one.change for one in found.lines} == {"same"}


def test_earlier_scores_of_a_visit_are_looked_back_on() -> None:
    from imparts.rules.pathways.reader import read_pathway
    from tests.rules.invented_pathways import INVENTED

    twice = read_pathway(
        INVENTED.replace(
            'score_from = 15, because', 'score_from = 15, repeated = { times = 2, '
            'within_days = 90 }, because',
        )
    )  # fmt: skip
    assert run(twice, [a_visit(1, low_mood(16))]).sent == {}
    late = VisitContext(on=UNTIL, history={"phq9": (before(20, low_mood(16)),)})
    assert set(run(twice, [a_visit(3, low_mood(16), context=late)]).sent) == {"team_psychologist"}
