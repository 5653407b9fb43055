"""Recording what was done: what may be saved, what may close, and what is said otherwise."""

from datetime import date

import pytest

from imparts.pathways.forms import WhatWasDone
from imparts.pathways.said_and_done import ACTIONS, what_was_done

TODAY = date(2026, 11, 17)
DONE = {"talked_by": "me", "action": "gp", "reason": "GP told, with consent"}


def _form(closes: bool = True, **given: str) -> WhatWasDone:
    return WhatWasDone(given, today=TODAY, closes=closes)


@pytest.mark.parametrize("action", ACTIONS)
def test_a_talk_an_action_and_a_reason_close_an_alert(action: str) -> None:
    assert _form(**DONE | {"action": action}).is_valid()


@pytest.mark.parametrize("missing", DONE)
def test_each_of_the_three_is_needed_to_close(missing: str) -> None:
    form = _form(**DONE | {missing: ""})
    assert not form.is_valid()
    assert list(form.errors) == [missing]


def test_nobody_yet_is_no_talk_and_leads_to_keeping_it_open() -> None:
    form = _form(**DONE | {"talked_by": "nobody"})
    assert "Use “Save, keep open”." in str(form.errors["talked_by"])


def test_one_word_is_enough_to_keep_it_open() -> None:
    assert _form(closes=False, plan="None said").is_valid()


def test_nothing_at_all_is_not_saved() -> None:
    assert "nothing to save" in str(_form(closes=False).errors)


@pytest.mark.parametrize("text", ["24/11/2026", "2026-11-24", "24 Nov 2026", "24-Nov-2026"])
def test_a_follow_up_date_is_taken_as_people_write_it(text: str) -> None:
    form = _form(**DONE | {"follow_up_on": text})
    assert form.is_valid()
    assert form.details()["follow_up_on"] == "2026-11-24"


def test_a_follow_up_today_is_taken_and_yesterday_is_not() -> None:
    assert _form(**DONE | {"follow_up_on": "17/11/2026"}).is_valid()
    assert "in the past" in str(_form(**DONE | {"follow_up_on": "16/11/2026"}).errors)


def test_only_what_was_filled_in_is_stored_with_the_topics_together() -> None:
    form = _form(**DONE | {"plan": "None said", "intent": ""})
    assert form.is_valid()
    assert form.details() == DONE | {"topics": {"plan": "None said"}}


def test_no_field_asks_for_a_score_or_a_grade() -> None:
    words = " ".join(str(field.label) for field in _form().fields.values()).lower().split()
    assert not {"risk", "score", "level", "severity", "high", "medium", "low"} & set(words)


def test_what_was_done_is_one_line_of_plain_words() -> None:
    said = what_was_done(
        DONE | {"safety_plan": "made", "follow_up_on": "2026-11-24", "topics": {"means": "None"}}
    )
    assert said == (
        "Talked with the patient. GP. GP told, with consent. Safety plan made. Means: None. "
        "Follow up: 2026-11-24"
    )


def test_a_reason_for_none_needed_follows_it_directly() -> None:
    said = what_was_done(DONE | {"action": "none_needed", "reason": "misread the question"})
    assert said == "Talked with the patient. None needed. misread the question"
