"""The page of one alert: the promise as a line, every state with its time, never a grade."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest

from imparts.pathways.models import Alert, AlertEvent
from imparts.pathways.pages import AlertLedger
from imparts.pathways.queries import AlertStory

RAISED = datetime(2026, 11, 17, 10, 14, 8, tzinfo=UTC)
READER = "consultant.rheum"


def _story(*events: tuple, kind: str = "positive", words: str = "several days") -> AlertStory:
    alert = Alert(
        pk=7,
        about=UUID(int=1),
        instrument="phq9",
        item="q9",
        raised_at=RAISED,
        service_id=1,
        appointment=UUID(int=2),
    )
    told = [("raised", 0, "patient", words, kind, 1), ("delivered", 1, "imparts", "Lists"), *events]
    return AlertStory(
        alert,
        tuple(
            AlertEvent(
                pk=n, alert=alert, name=name, at=RAISED + timedelta(seconds=after), by=by,
                what=what, kind=rest[0] if rest else "", value=rest[1] if rest[1:] else None,
                rung=rest[2] if rest[2:] else "", for_whom=rest[3] if rest[3:] else "",
                details=rest[4] if rest[4:] else {},
            )
            for n, (name, after, by, what, *rest) in enumerate(told, start=1)
        ),
    )  # fmt: skip


def _ledger(story: AlertStory, *, after: int = 300, **more: str) -> AlertLedger:
    return AlertLedger.of(
        story, now=RAISED + timedelta(seconds=after), reader=READER, called=str.upper, **more
    )


def test_all_nine_states_stand_in_order_and_those_to_come_are_marked() -> None:
    rows = _ledger(_story(("acknowledged", 180, READER, "I'll ask now"))).rows
    assert [row.state for row in rows] == [
        "Raised", "Delivered", "Told", "Seen", "Called", "Taken", "Handed on", "Acted", "Closed",
    ]  # fmt: skip
    there = [row.state for row in rows if not row.is_to_come]
    assert there == ["Raised", "Delivered", "Taken"]


def test_before_anyone_took_it_the_row_to_come_says_who_is_called_when() -> None:
    rows = {row.state: row for row in _ledger(_story()).rows}
    assert rows["Called"].is_to_come
    assert rows["Called"].what == "Deputy at 10:29"


def test_a_call_stands_in_the_ledger_and_on_the_line() -> None:
    story = _story(
        ("escalated", 0, "imparts", "Owner: at once", "", None, "owner", "nurse"),
        (
            "escalated",
            901,
            "imparts",
            "Deputy: not taken after 15 minutes",
            "",
            None,
            "deputy",
            "lead",
        ),
    )
    ledger = _ledger(story, after=1000)
    called = [row for row in ledger.rows if row.state == "Called"]
    assert [(row.who, row.what) for row in called] == [
        ("NURSE", "Owner: at once"), ("LEAD", "Deputy: not taken after 15 minutes"),
    ]  # fmt: skip
    assert ledger.clock is not None
    assert "called 10:29" in [label.text for label in ledger.clock.labels]
    assert ledger.clock.called == (308,)


def test_nobody_named_on_a_rung_is_said() -> None:
    story = _story(
        ("escalated", 901, "imparts", "Deputy: not taken after 15 minutes", "", None, "deputy")
    )
    row = next(row for row in _ledger(story, after=1000).rows if row.state == "Called")
    assert row.who == "Nobody is named"


def test_handed_on_says_to_whom_and_why() -> None:
    story = _story(
        ("acknowledged", 180, READER, ""),
        ("handed_on", 300, READER, "my clinic ends", "", None, "", "lead"),
    )
    row = next(row for row in _ledger(story, after=400).rows if row.state == "Handed on")
    assert (row.who, row.what) == (READER.upper(), "To LEAD: my clinic ends")


def test_an_attempt_to_reach_someone_says_how_and_what_came_of_it() -> None:
    tried = ("noted", 2000, READER, "Phoned the patient: no answer")
    said = [row.what for row in _ledger(_story(tried), after=2100).rows]
    assert "Phoned the patient: no answer" in said


def test_what_the_patient_was_told_stands_in_quotation_marks() -> None:
    rows = _ledger(_story(("told", 80, "imparts", "a member of the team will talk to you"))).rows
    assert rows[2].what == "“A member of the team will talk to you.”"


def test_times_are_absolute_to_the_second_and_say_how_long_after() -> None:
    rows = _ledger(_story(("seen", 130, READER, ""), ("acknowledged", 5400, READER, ""))).rows
    assert [(row.time, row.since) for row in rows if row.time] == [
        ("10:14:08", ""), ("10:14:09", "+1 s"), ("10:16:18", "+2 min"), ("11:44:08", "+1 h 30 min"),
    ]  # fmt: skip


def test_the_line_is_20_px_a_minute_from_0_to_45() -> None:
    line = _ledger(_story(), after=60).clock
    assert line.ticks == (8, 308, 608, 908)
    assert line.now_x == 28
    assert _ledger(_story(), after=99_999).clock.now_x == 908


def test_once_taken_everybody_after_the_owner_stays_drawn_as_not_needed() -> None:
    story = _story(("acknowledged", 180, READER, ""))
    said = [label.text for label in _ledger(story).clock.labels]
    assert "10:17 taken by you" in said
    assert said.count("not needed: taken") == 3
    assert "10:29 deputy" in said


def test_taken_after_the_deputys_time_only_liaison_and_manager_are_not_needed() -> None:
    said = [t.text for t in _ledger(_story(("acknowledged", 1000, "n", ""))).clock.labels]
    assert "10:30 taken by N" in said
    assert said.count("not needed: taken") == 2
    assert "not called" in said, "nobody was called although it was time, and the page says so"


@pytest.mark.parametrize("after", range(0, 2700, 90))
def test_words_on_the_line_never_touch(after: int) -> None:
    width = {"start": (0, 75), "middle": (-45, 45), "end": (-145, 0)}
    labels = [t for t in _ledger(_story(), after=after).clock.labels if not t.is_below]
    spans = sorted((t.x + width[t.anchor][0], t.x + width[t.anchor][1]) for t in labels)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_both_answers_stand_in_the_headline_with_their_times() -> None:
    story = _story(("answered_again", 120, "patient", "not at all", "", 0))
    said = "".join(phrase.text for phrase in _ledger(story).headline)
    assert said.startswith(
        "Better off dead, or hurting oneself: several days at 10:14, then not at all at 10:16."
    )
    assert "Needs a conversation before they leave." in said


def test_a_declined_answer_asks_for_a_question_in_person() -> None:
    story = _story(kind="declined", words="chose not to answer")
    said = "".join(
        phrase.text for phrase in _ledger(story, last_time="In June: not at all").headline
    )
    assert "chose not to answer. In June: not at all. Ask in person." in said


def test_the_owner_is_not_asked_to_take_it_again() -> None:
    mine = _ledger(_story(("acknowledged", 180, READER, "")))
    theirs = _ledger(_story(("acknowledged", 180, "nurse", "")))
    assert not mine.can_take
    assert (theirs.can_take, theirs.take) == (True, "Take over from NURSE")


def test_a_closed_alert_can_be_taken_by_nobody() -> None:
    closed = _ledger(_story(("acted", 400, READER, "Talked"), ("closed", 400, READER, "")))
    assert (closed.can_take, closed.is_closed) == (False, True)
    assert not [t for t in closed.clock.labels if t.text.startswith("now")]


def test_what_came_outside_the_hours_says_who_is_called_the_next_morning() -> None:
    ledger = _at_home(datetime(2026, 11, 17, 21, 5, tzinfo=UTC))
    assert ledger.clock is not None
    assert ledger.clock_words == (
        "Came outside the hours, 17 Nov. Owner on 18 Nov at 08:00. Manager on 18 Nov at 10:00. "
        "Answers that come outside these hours wait in the next working morning's queue."
    )
    assert "Owner on 18 Nov at 08:00" in ledger.clock.described
    assert "Needs a conversation." in [phrase.text for phrase in ledger.headline]
    assert not [t for t in ledger.clock.labels if "before they leave" in t.text]


def test_no_label_is_cut_off_at_the_right_edge_of_the_line() -> None:
    line = _ledger(_story(("acknowledged", 180, READER, "I'll ask now"))).clock
    assert line is not None
    room = 916 - max(label.left + label.width for label in line.labels)
    assert room > 7  # widths are estimates: the last letter of "09:53 manager" needs it


def test_a_tier_of_which_nobody_is_called_has_no_line_and_says_so() -> None:
    story = _story()
    story.alert.tier = "B"
    ledger = _ledger(story)
    assert ledger.clock is None
    assert ledger.clock_words == "In the worklist; nobody is called."


def _at_home(raised_at: datetime) -> AlertLedger:
    """Answered at home at a moment, and looked at a minute later."""
    alert = Alert(
        pk=8, about=UUID(int=1), instrument="phq9", item="q9", raised_at=raised_at, service_id=1
    )
    raised = AlertEvent(
        pk=1, alert=alert, name="raised", at=raised_at, by="patient", what="several days",
        kind="positive", value=1,
    )  # fmt: skip
    return AlertLedger.of(
        AlertStory(alert, (raised,)), now=raised_at + timedelta(minutes=1), reader=READER,
        called=str.upper,
    )  # fmt: skip
