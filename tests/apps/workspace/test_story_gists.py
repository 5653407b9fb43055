"""The ten story patients' gists, whole: read them aloud, they are what a registrar would say."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from imparts.demo.day.cast import cast
from imparts.demo.named.scripts import Named, answers_in
from imparts.demo.past.answering import Answers
from imparts.demo.story import STORIES
from imparts.library.queries import gist_words
from imparts.rules.instruments.definition import Instrument
from imparts.rules.scoring.score import score
from imparts.rules.summary.gist import gist
from imparts.workspace.sitting_facts import AnswerShown, Point, Result
from tests.rules.reference_instruments import shipped

TODAY = date(2026, 11, 17)
ASKED = ("pain_nrs", "smoking_core", "hsi", "phq9", "gad7", "auditc")
GISTS = {
    "amara-thimblewick": (
        "Low mood is moderate and worse than in June. Worry is moderate, about the same. Item"
        " 9 (better off dead, or hurting oneself): several days. Pain is severe and worse. "
        "Smokes 10 or fewer a day, would like help to stop."
    ),
    "tomasz-inkwell": (
        "Low mood is mild or moderate (estimated 10, could be 9 to 12). Worry is mild, about "
        "the same. Item 9 (better off dead, or hurting oneself): chose not to answer. "
        "Alcohol: increasing risk, about the same. Used to smoke, has stopped."
    ),
    "yusuf-pennywhistle": (
        "Low mood is moderately severe, about the same. Worry is mild, about the same. Item 9"
        " (better off dead, or hurting oneself): not at all. Used to smoke, has stopped."
    ),
    "bronwen-hollowmere": (
        "Low mood is mild. Worry is minimal. Item 9 (better off dead, or hurting oneself): "
        "not at all. Has never smoked. First time here."
    ),
    "sunita-larkspur": (
        "Low mood is moderate. Worry is mild. Item 9 (better off dead, or hurting oneself): "
        "not at all. Has never smoked. First time here."
    ),
    "nadia-ottershaw": (
        "Low mood is moderate. Worry is mild. Item 9 (better off dead, or hurting oneself): "
        "several days. Alcohol: increasing risk. Smokes, but not every day, said not now to "
        "help to stop. First time here."
    ),
    "dorothy-gorsebank": (
        "Low mood is mild, about the same. Worry is minimal, about the same. Item 9 (better "
        "off dead, or hurting oneself): not at all. Pain is moderate and better than in June."
        " Used to smoke, has stopped."
    ),
    "leonard-marrowby": (
        "Low mood and worry are both minimal, about the same. Item 9 (better off dead, or "
        "hurting oneself): not at all. Used to smoke, has stopped."
    ),
    "walter-nettlebed": (
        "Low mood is mild, about the same. Worry is moderate and worse than in June. Item 9 "
        "(better off dead, or hurting oneself): several days. Smokes 10 or fewer a day, does "
        "not want help to stop."
    ),
    "idris-saltmarsh": (
        "Low mood and worry are both mild, about the same. Item 9 (better off dead, or "
        "hurting oneself): not at all. Has never smoked."
    ),
}


def _visits(named: Named) -> list[tuple[date, dict[str, Answers]]]:
    """Every scripted visit of one patient, today's last, as answers by instrument."""
    files = {key: shipped()[key] for key in ASKED}
    past = [
        (TODAY - timedelta(days=visit.days_ago), answers_in(visit.script, files))
        for visit in named.past
        if visit.script
    ]
    today = [part.answers for part in cast(files) if part.patient == named.id and part.answers]
    return [(day, _as_asked(given)) for day, given in (*past, *((TODAY, each) for each in today))]


def _as_asked(given: Mapping[str, Answers]) -> dict[str, Answers]:
    """Without what is asked only of those who smoke: help to stop, and how much a day."""
    smokes = given["smoking_core"]["q1"]
    found = {key: answers for key, answers in given.items() if key != "hsi" or smokes == 3}
    if smokes not in (2, 3):
        found["smoking_core"] = {"q1": smokes}
    return found


def _result(
    instrument: Instrument, visits: list[tuple[date, dict[str, Answers]]], on: date
) -> Result | None:
    found = {
        day: score(instrument, given[instrument.id])
        for day, given in visits
        if day <= on and instrument.id in given
    }
    if on not in found:
        return None
    now, given = found[on], dict(visits)[on][instrument.id]
    return Result(
        instrument=instrument,
        answers=tuple(
            AnswerShown(item, given.get(item.id), item.id in given and given[item.id] is None)
            for item in instrument.items
            if item.id in given
        ),
        status=now.status, score=now.score, out_of=now.out_of, lower=now.lower, upper=now.upper,
        band=now.band or "", band_label=now.band_label or "", answered=now.answered,
        asked=now.asked, flags=now.flags,
        history=tuple(
            Point(day, one.score, one.is_estimate)
            for day, one in found.items()
            if day < on and one.score is not None
        ),
    )  # fmt: skip


def gist_of(named: Named) -> str:
    """The gist of a story patient's last visit; empty for someone who has never answered."""
    visits = _visits(named)
    if not visits:
        return ""
    on = visits[-1][0]
    results = [r for key in ASKED if (r := _result(shipped()[key], visits, on))]
    return "".join(p.text for p in gist(results, on=on, words=gist_words()))


@pytest.mark.parametrize("named", STORIES, ids=[named.slug for named in STORIES])
def test_a_story_patients_gist_reads_as_a_registrar_would_say_it(named: Named) -> None:
    assert gist_of(named) == GISTS[named.slug]


def test_all_ten_stories_are_here() -> None:
    assert len(GISTS) == len(STORIES) == 10
