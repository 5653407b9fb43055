"""How an alert is told comes from the file of its instrument; when in doubt a person is called."""

from dataclasses import replace

import pytest

from imparts.rules.instruments.definition import Instrument
from imparts.rules.packs.alerting import watched
from imparts.rules.packs.asking import Given, Question
from tests.rules.reference_instruments import shipped

PHQ9 = shipped()["phq9"]
ITEM9 = Question("phq9", PHQ9.by_id["q9"], PHQ9.title, "Mood", 9, 9)


def _with_tiers(positive: str, not_answered: str) -> Instrument:
    tiers = {"phq9_item9_positive": positive, "phq9_item9_not_answered": not_answered}
    return replace(PHQ9, alerts=tuple(replace(a, tier=tiers[a.flag]) for a in PHQ9.alerts))


def test_every_alert_that_we_ship_calls_a_person() -> None:
    assert {rule.tier for one in shipped().values() for rule in one.alerts} == {"A"}


@pytest.mark.parametrize(
    ("given", "tier"),
    [
        (Given(1), "B"), (Given(3), "B"), (Given(None, declined=True), "C"), (None, "C"),
        (Given(0), "A"),
    ],
)  # fmt: skip
def test_the_tier_is_that_of_the_flag_that_is_met(given: Given | None, tier: str) -> None:
    assert watched({"phq9": _with_tiers("B", "C")}).tier(ITEM9, given) == tier


def test_only_questions_that_call_a_person_need_cover() -> None:
    assert watched({"phq9": PHQ9}).calls_somebody
    assert watched({"phq9": _with_tiers("C", "A")}).calls_somebody
    assert not watched({"phq9": _with_tiers("B", "C")}).calls_somebody
    assert not watched({"phq8": shipped()["phq8"]}).calls_somebody
