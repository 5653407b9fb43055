"""The pages before any template: counts that add up, courses that do not flatter, plain words."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

import imparts
from imparts.rules.instruments.reader import read_instrument
from imparts.rules.scoring.score import score
from imparts.workspace.pages.letter import letter
from imparts.workspace.pages.measures import measures
from imparts.workspace.pages.reception_list import ReceptionList
from imparts.workspace.pages.sparkline import spark
from imparts.workspace.pages.uptake import clinic_line, counts, offered
from imparts.workspace.sitting_facts import AnswerShown, Point, Result
from imparts.workspace.visits import Asking, Visit

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 17, 9, 30, tzinfo=LONDON)
TODAY = date(2026, 11, 17)
INSTRUMENTS = Path(imparts.__file__).parent / "content" / "instruments"


def _visit(state: str, asking: Asking, minutes: int = 0, **more) -> Visit:
    return Visit(
        appointment=uuid4(), invitation=None, patient=uuid4(), record=uuid4(),
        family_name="Thimblewick", given_name="Amara", born_on=date(1961, 3, 14),
        at=NOW + timedelta(minutes=minutes), state=state, asking=asking,
        arrived_at=NOW if state == "arrived" else None, asked_at=NOW, **more,
    )  # fmt: skip


STATES = ("booked", "arrived", "in_room", "left", "did_not_attend")
EVERYONE = [_visit(state, asking, n) for n, state in enumerate(STATES) for asking in Asking]


def test_every_visit_is_in_exactly_one_count() -> None:
    assert sum(count.number for count in counts(EVERYONE)) == len(EVERYONE)
    for visit in EVERYONE:
        assert sum(count.number for count in counts([visit])) == 1, (visit.state, visit.asking)


def test_every_visit_is_in_exactly_one_group_of_the_desk() -> None:
    page = ReceptionList.of(EVERYONE, part="morning", now=NOW, today=TODAY)
    assert sum(len(group.rows) for group in page.groups) == len(EVERYONE)


def test_whoever_is_not_due_was_not_offered_anything() -> None:
    here = [_visit("arrived", Asking.NO_TABLET), _visit("arrived", Asking.FINISHED)]
    said = "".join(
        p.text for p in offered([*here, _visit("arrived", Asking.NOT_DUE)], of_whom="due")
    )
    assert said == "Offered to 1 of 2 due."


def test_no_time_is_not_an_offer_and_declined_is_one() -> None:
    visits = [_visit("arrived", Asking.NO_TIME), _visit("arrived", Asking.DECLINED)]
    assert "".join(p.text for p in offered(visits, of_whom="due")) == "Offered to 1 of 2 due."


def test_the_line_has_a_mark_each_19_px_apart_in_time_order() -> None:
    line = clinic_line([_visit("booked", Asking.NO_TABLET, n * 10) for n in reversed(range(24))])
    assert [mark.x for mark in line.marks] == [19 * n for n in range(24)]
    assert line.hours[0].label == "09:30"
    assert line.hours[-1].label == "13:20"


def test_whoever_must_wait_shows_the_desk_no_reason_and_nothing_to_hand_over() -> None:
    page = ReceptionList.of(
        [_visit("arrived", Asking.FINISHED, must_wait=True)], part="morning", now=NOW, today=TODAY
    )
    (row,) = page.groups[0].rows
    assert (page.groups[0].title, row.instead) == ("Ask to wait", "The nurse is coming to the desk")
    assert not (row.can_start or row.can_arrive or row.can_change or row.can_take_back)


@pytest.mark.parametrize("text", ["thim", "amara thim", "Thimblewick, Amara", "14-Mar", "1961"])
def test_the_desk_finds_someone_by_any_beginning(text: str) -> None:
    visits = [_visit("arrived", Asking.NO_TABLET)]
    page = ReceptionList.of(visits, part="", now=NOW, today=TODAY, looked_for=text)
    assert page.found == "1 of 1 shown."


def _points(*given: tuple[int, str]) -> list[Point]:
    return [Point(TODAY - timedelta(days=ago), Decimal(n)) for ago, n in given]


def _spark(points: list[Point], **more):
    settings = {"until": TODAY, "highest": Decimal(27), "cut": Decimal(10), "chance_of": 6}
    return spark(points, **settings | more)


def test_a_course_is_drawn_from_0_to_the_measures_own_maximum() -> None:
    drawn = _spark(_points((100, "0"), (0, "27")))
    assert [dot.y for dot in drawn.dots] == [38.0, 4.0]
    assert drawn.dots[-1].x == 281.0


def test_a_time_when_nobody_asked_stays_a_gap() -> None:
    assert _spark(_points((600, "9"), (0, "9"))).lines == ()
    assert len(_spark(_points((100, "9"), (0, "9"))).lines) == 1


def test_no_line_runs_to_an_estimate_and_it_is_an_open_circle() -> None:
    points = [*_points((100, "9")), Point(TODAY, Decimal(12), is_estimate=True)]
    drawn = _spark(points)
    assert drawn.lines == ()
    assert [dot.is_open for dot in drawn.dots] == [False, True]


def test_the_chance_band_stands_around_the_last_measurement_and_never_leaves_the_scale() -> None:
    low = _spark(_points((100, "3"), (0, "20"))).chance
    high = _spark(_points((100, "25"), (0, "20"))).chance
    assert low.bottom == 38.0
    assert high.top == 4.0


def test_what_is_older_than_two_years_is_not_drawn() -> None:
    assert len(_spark(_points((800, "3"), (0, "20"))).dots) == 1


def _result(name: str, answers: dict[str, int | None], *history: tuple[int, str]) -> Result:
    instrument = read_instrument((INSTRUMENTS / f"{name}.toml").read_text())
    found = score(instrument, answers)
    return Result(
        instrument=instrument,
        answers=tuple(
            AnswerShown(item, answers[item.id], answers[item.id] is None)
            for item in instrument.items
            if item.id in answers
        ),
        status=found.status, score=found.score, out_of=found.out_of, lower=found.lower,
        upper=found.upper, band=found.band or "", band_label=found.band_label or "",
        answered=found.answered, asked=found.asked, history=tuple(_points(*history)),
    )  # fmt: skip


PHQ9 = {f"q{n}": value for n, value in enumerate([2, 2, 3, 3, 1, 1, 1, 0, 1], start=1)}


@pytest.mark.parametrize(
    ("before", "said"),
    [("8", "↑ 6 worse"), ("9", "same (+5)"), ("14", "same"), ("20", "↓ 6 better")],
)
def test_worse_and_better_are_said_only_beyond_chance(before: str, said: str) -> None:
    (table,) = measures([_result("phq9", PHQ9, (150, before))], on=TODAY, today=TODAY)
    assert "".join(phrase.text for phrase in table.rows[0].change) == said


def test_an_estimate_is_compared_with_nothing() -> None:
    given = PHQ9 | {"q6": None, "q7": None}
    (table,) = measures([_result("phq9", given, (150, "2"))], on=TODAY, today=TODAY)
    (row,) = table.rows
    assert row.change == ()
    assert row.in_words.startswith("estimated 15, could be 12 to 18")


def test_a_form_with_too_few_answers_has_no_score_and_says_what_is_certain() -> None:
    (table,) = measures([_result("phq9", {"q1": 3, "q2": 3, "q3": None})], on=TODAY, today=TODAY)
    (row,) = table.rows
    assert row.score == ""
    assert row.in_words == "2 of 9 answered: no score, could be 6 to 27"


def test_smoking_is_said_in_words_with_how_much_and_whether_help_is_wanted() -> None:
    results = [_result("smoking_core", {"q1": 3, "q2": 2}), _result("hsi", {"q1": 2, "q2": 0})]
    (table,) = measures(results, on=TODAY, today=TODAY)
    (row,) = table.rows
    assert (row.name, row.in_words, row.score) == ("Smoking", "every day", "")
    assert row.note.endswith("10 or fewer a day. Would like help to stop.")


def test_the_letter_says_scale_words_change_and_item_9() -> None:
    from imparts.workspace.sitting_facts import SittingFacts
    from imparts.workspace.suggested import Suggested

    facts = SittingFacts(
        patient=UUID(int=1), sitting=UUID(int=2), banner=None, service="", created_at=NOW,
        appointment_at=NOW, started_at=NOW, submitted_at=NOW, where="", language="", who_helped="",
        in_record_at=None, is_owed=True, results=[_result("phq9", PHQ9, (154, "6"))],
        suggested=Suggested(), illness="", pack="", pack_checked_by="",
        left_out=(), checked_by=(),
    )  # fmt: skip
    assert letter(facts) == (
        "17 Nov 2026: PHQ-9 14/27 (moderate; 6 in June, a rise beyond chance). "
        "Item 9: several days. These are screening results, not a diagnosis."
    )
