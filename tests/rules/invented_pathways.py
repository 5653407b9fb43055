"""Pathways and visits for tests: the shipped files, an invented one, and scores out of nothing."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from imparts.rules.pathways.context import PastScore, ScoreSeen, VisitContext, seen
from imparts.rules.pathways.definition import Pathway
from imparts.rules.pathways.options import read_options
from imparts.rules.pathways.reader import read_pathway
from imparts.rules.pathways.simulation import PastVisit
from imparts.rules.scoring.score import score
from tests.rules.reference_instruments import SHIPPED, every

FOLDER = SHIPPED.parent / "pathways"
OPTIONS = read_options((FOLDER / "options.toml").read_text("utf-8"))
FILES = {path.stem: path for path in sorted(FOLDER.glob("*.toml")) if path.stem != "options"}
TEXTS = {name: path.read_text("utf-8") for name, path in FILES.items()}
PATHWAYS = {name: read_pathway(text) for name, text in TEXTS.items()}
MOOD = PATHWAYS["depression_in_outpatients"]
SELF_HARM = PATHWAYS["risk_of_self_harm"]
DAY = date(2026, 11, 17)

INVENTED = """
id = "invented"
title = "Invented"
version = "1"
authored_by = "Invented"
checked_by = "not yet checked by a clinician"
reviewed_on = 2026-11-17
next_review = 2027-11-17
sources = ["Invented, from general knowledge."]

[[levels]]
code = "high"
when = [{ instrument = "phq9", score_from = 15, because = "low mood is 15 or more" }]
[[levels.steps]]
id = "refer"
kind = "refer"
order = 2
verb_first = "Psychologist"
text = ": refer."
options = ["team_psychologist"]
within = "2 weeks"
responsible = "the clinic"
source = "Invented."
[[levels.steps]]
id = "talk_high"
kind = "talk"
order = 1
verb_first = "Talk"
text = " today."
within = "same visit"
responsible = "the clinic"
source = "Invented."

[[levels]]
code = "some"
when = [{ instrument = "phq9", score_from = 10, because = "low mood is 10 to 14" }]
[[levels.steps]]
id = "talk_some"
kind = "talk"
order = 1
verb_first = "Talk"
text = " about mood."
within = "same visit"
responsible = "the clinic"
source = "Invented."
"""


def low_mood(total: int, *, item9: int = 0) -> ScoreSeen:
    """A complete PHQ-9 with a total; item 9 is a part of it."""
    rest = total - item9
    values = [min(3, max(0, rest - 3 * place)) for place in range(8)]
    assert sum(values) == rest
    answers = {f"q{number}": value for number, value in enumerate([*values, item9], start=1)}
    return seen(score(every()["phq9"], answers))


def worry(total: int) -> ScoreSeen:
    """A complete GAD-7 with a total."""
    values = {f"q{place + 1}": min(3, max(0, total - 3 * place)) for place in range(7)}
    return seen(score(every()["gad7"], values))


def before(days: int, found: ScoreSeen) -> PastScore:
    """A score so many days before the visit."""
    return PastScore(DAY - timedelta(days=days), found)


def a_visit(
    number: int, *scores: ScoreSeen, person: int | None = None, context: VisitContext | None = None
) -> PastVisit:
    """One past visit; without a person named, of a person of its own."""
    at = datetime(2026, 1, 1, 9, tzinfo=UTC) + timedelta(hours=number)
    found: Mapping[str, ScoreSeen] = {one.instrument: one for one in scores}
    return PastVisit(
        about=UUID(int=10_000 + number),
        person=UUID(int=number if person is None else person),
        service_id=1,
        at=at,
        on=at.date(),
        scores=found,
        context=context or VisitContext(on=at.date()),
        responses=len(found),
    )


def threshold(value: int) -> Decimal:
    """A whole number as a draft takes it."""
    return Decimal(value)


def changed(pathway: Pathway, code: str, **what: Any) -> Pathway:
    """A pathway of which one level is other, as somebody may write it in the file."""
    levels = (replace(one, **what) if one.code == code else one for one in pathway.levels)
    return replace(pathway, levels=tuple(levels))
