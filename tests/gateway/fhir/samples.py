"""What the FHIR tests share: every instrument, the invented Kettle Scale, and whose answers."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from imparts.commands.shipped import shipped_instruments
from imparts.gateway.fhir.about import About
from imparts.rules.instruments.branching import items_to_ask
from imparts.rules.instruments.conditions import Condition
from imparts.rules.instruments.definition import Category, Instrument
from imparts.rules.instruments.scoring_definition import BestOf, Decision
from imparts.rules.wording.apply import in_language
from tests.rules.wording import invented

Answers = dict[str, Any]

TODAY = date(2026, 11, 22)
ABOUT = About(
    response_id="b3e5a0d2-6d3c-4c0e-9a57-0f6f5d7c1a11",
    patient="Patient/17",
    authored_at=datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
    encounter="Encounter/4",
    author="Device/tablet-4",
    source="Patient/17",
)


@cache
def every_instrument() -> dict[str, Instrument]:
    """Every instrument that ships, with or without wording."""
    return shipped_instruments()


def kettle(language: str = "en-GB") -> Instrument:
    """The invented Kettle Scale with the words of its licensed pack."""
    made = in_language(invented.structure(), invented.read(), language)
    assert made is not None
    return made


@cache
def every_scored_instrument() -> dict[str, Instrument]:
    """Every instrument that can be scored, and invented ones for what only comes with a licence."""
    found = {name: one for name, one in every_instrument().items() if not one.scoring.needs}
    made = {"kettle": kettle(), "best": _best_of_category(), "decided": _decision_table()}
    return found | made


def _best_of_category() -> Instrument:
    """An invented grouping of PHQ-9's questions, since HAQ-DI's own comes with its wording."""
    phq9 = every_instrument()["phq9"]
    groups = (
        BestOf("one", "Invented", ("q1", "q2")),
        BestOf("two", "Invented", ("q3", "q4", "q5"), aids=("q8", "q9")),
        BestOf("three", "Invented", ("q6", "q7")),
    )
    scoring = replace(
        phq9.scoring, method="best_of_category", groups=groups, groups_needed=3, decimals=3
    )
    return replace(phq9, scoring=scoring, bands=())


def _decision_table() -> Instrument:
    """An invented decision table over GAD-2, since GPPAQ's own comes with its wording."""
    gad2 = every_instrument()["gad2"]
    rows = (
        Decision("both", (Condition(("q1",), at_least=2), Condition(("q2",), at_least=2))),
        Decision("either", (Condition(("q1", "q2"), one_of=(1, 3)),)),
        Decision("neither", ()),
    )
    scoring = replace(gad2.scoring, method="decision_table", decisions=rows)
    named = tuple(Category(row.category, "Invented") for row in rows)
    return replace(gad2, scoring=scoring, categories=named, bands=(), flags=(), cuts=())


def a_context(instrument: Instrument, chance: random.Random) -> dict[str, bool]:
    """Each fact that a skip rule asks for: yes or no."""
    facts = [rule.when_context for rule in instrument.scoring.skips if rule.when_context]
    return {name: chance.random() < 0.5 for name in facts}


def complete_answers(
    instrument: Instrument, context: dict[str, bool], chance: random.Random
) -> Answers:
    """Every question that applies answered, one after another as somebody would."""
    answers: Answers = {}
    for _ in instrument.items:
        for item in items_to_ask(instrument, answers, context):
            if item.id not in answers and item.options:
                answers[item.id] = chance.choice(item.options).value
    return answers
