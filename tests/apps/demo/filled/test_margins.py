"""The invented answers show what the published figures say, within what chance allows."""

from dataclasses import replace
from datetime import date
from statistics import correlation

import pytest

from imparts.demo.past.chunks import Plan, Worked, work_out
from imparts.demo.past.crowding import chunks
from imparts.demo.past.visits import Calendar
from imparts.demo.places.specialties import BY_CODE
from imparts.rules.scoring.score import score
from tests.apps.demo.filled.desks import desks

pytestmark = pytest.mark.usefixtures("trust")
PEOPLE = 6000


@pytest.fixture(scope="module")
def worked(trust: None) -> dict[str, list[Worked]]:
    """Rheumatology, dermatology and chronic pain of a trust of 6,000."""
    plan = Plan(5, Calendar.ending_before(date(2026, 11, 17)), desks(), practices=(1,))
    made: dict[str, list[Worked]] = {}
    for chunk in chunks(PEOPLE, seed=5, named={}, taken=()):
        if chunk.specialty in ("rheumatology", "dermatology", "chronic-pain"):
            made.setdefault(chunk.specialty, []).append(work_out(plan, chunk))
    return made


def _first(worked: list[Worked], instrument: str) -> list:
    """The first score of each person, at whichever service."""
    first: dict = {}
    for each in worked:
        for row in sorted(each.rows.scores, key=lambda row: row.completed_at):
            if row.instrument == instrument and (row.score is not None or row.band):
                first.setdefault(row.patient_id, row)
    return list(first.values())


def _percent(rows: list, of: object) -> float:
    return 100 * sum(map(of, rows)) / len(rows)


@pytest.mark.parametrize("specialty", ["rheumatology", "dermatology", "chronic-pain"])
def test_the_shares_above_the_usual_cuts_are_the_published_ones(
    worked: dict[str, list[Worked]], specialty: str
) -> None:
    aim, rows = BY_CODE[specialty], _first(worked[specialty], "phq9")
    assert _percent(rows, lambda r: r.score >= 10) == pytest.approx(aim.low_mood, abs=5)
    assert _percent(rows, lambda r: "phq9_item9_positive" in r.flags) == pytest.approx(
        aim.item9, abs=4
    )
    worry = _first(worked[specialty], "gad7")
    assert _percent(worry, lambda r: r.score >= 10) == pytest.approx(aim.worry, abs=5)


@pytest.mark.parametrize("specialty", ["rheumatology", "dermatology", "chronic-pain"])
def test_smoking_completion_and_help_are_as_aimed_at(
    worked: dict[str, list[Worked]], specialty: str
) -> None:
    aim = BY_CODE[specialty]
    smoking = _first(worked[specialty], "smoking_core")
    assert _percent(smoking, lambda r: r.band in ("daily", "some_days")) == pytest.approx(
        aim.smoking, abs=4.5
    )
    came, sent, helped = 0, 0, 0
    for each in worked[specialty]:
        came += sum(move.state == "left" for move in each.rows.moves)
        sent += sum(bool(row.submitted_at) for row in each.rows.invitations)
        helped += sum(
            bool(row.submitted_at) and row.who_helped != "nobody" for row in each.rows.invitations
        )
    assert 100 * sent / came == pytest.approx(aim.completed, abs=3.5)
    assert 100 * helped / sent == pytest.approx(aim.helped, abs=5)


def test_mood_and_worry_go_together_and_each_holds_over_time(
    worked: dict[str, list[Worked]],
) -> None:
    mood = {(r.patient_id, r.sitting): float(r.score) for r in _scores(worked, "phq9")}
    worry = {(r.patient_id, r.sitting): float(r.score) for r in _scores(worked, "gad7")}
    both = sorted(mood.keys() & worry.keys())
    assert 0.6 < correlation([mood[k] for k in both], [worry[k] for k in both]) < 0.85
    by_person: dict = {}
    for row in _scores(worked, "phq9"):
        by_person.setdefault(row.patient_id, []).append((row.completed_at, float(row.score)))
    pairs = [sorted(found)[:2] for found in by_person.values() if len(found) > 1]
    then, later = [p[0][1] for p in pairs], [p[1][1] for p in pairs]
    assert 0.45 < correlation(then, later) < 0.8


def _scores(worked: dict[str, list[Worked]], instrument: str) -> list:
    return [
        row
        for each in worked["dermatology"]
        for row in each.rows.scores
        if row.instrument == instrument and row.score is not None
    ]


def test_every_stored_score_is_the_rules_own(worked: dict[str, list[Worked]]) -> None:
    instruments = desks()["rheumatology"][0].instruments | desks()["chronic-pain"][0].instruments
    for each in worked["rheumatology"][:1] + worked["chronic-pain"][:1]:
        answers: dict = {}
        for row in each.rows.answers:
            answers.setdefault(row.response_id, {})[row.item] = row.value
        for row in each.rows.scores:
            said = score(instruments[row.instrument], answers[row.response])
            assert (row.status, row.score, row.lower, row.upper, row.flags, row.band) == (
                said.status, said.score, said.lower, said.upper, list(said.flags), said.band or "",
            )  # fmt: skip
            assert (row.answered, row.asked) == (said.answered, said.asked)


def test_every_item_nine_that_needs_a_person_has_a_closed_alert(
    worked: dict[str, list[Worked]],
) -> None:
    for each in worked["chronic-pain"]:
        flagged = {
            row.sitting
            for row in each.rows.scores
            if {"phq9_item9_positive", "phq9_item9_not_answered"} & set(row.flags)
        }
        assert flagged <= {alert.about for alert in each.rows.alerts}
        assert all(alert.events[-1].name == "closed" for alert in each.rows.alerts)
        assert all(alert.events[0].name == "raised" for alert in each.rows.alerts)


def test_half_finished_sittings_keep_their_answers_and_have_no_score(
    worked: dict[str, list[Worked]],
) -> None:
    rows = worked["rheumatology"][0].rows
    stopped = {row.id for row in rows.invitations if row.submitted_at is None}
    assert stopped
    assert stopped == {row.invitation_id for row in rows.given}
    assert not stopped & {row.sitting for row in rows.scores}


def test_a_desk_that_changed_its_pack_asks_the_version_of_the_day() -> None:
    (desk,) = desks()["dermatology"]
    changed_on, later = desk.later or (None, None)
    assert changed_on == date(2026, 6, 20)
    assert desk.on(date(2026, 6, 19)).pack_id != desk.on(date(2026, 6, 20)).pack_id == later.pack_id
    assert replace(desk, later=None).on(date(2026, 6, 20)).pack_id == desk.pack_id
