"""Who is called for an alert and when: minutes are real, times of day are the wall clock's."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imparts.rules.alerting.clocks import DEFAULT_CLOCKS, Clocks, ClocksRefused
from imparts.rules.alerting.due import due, rungs_with_last_resort
from imparts.rules.alerting.hours import is_watched, next_opening
from imparts.rules.alerting.ladder import Rung, ladder, ladder_from_hand_on

LONDON = ZoneInfo("Europe/London")
TUESDAY = datetime(2026, 11, 17, 10, 4, tzinfo=UTC)
NIGHTS = replace(DEFAULT_CLOCKS, opens_at=time(20), closes_at=time(8), weekdays="5")


def _local(rung: Rung) -> str:
    return f"{rung.at.astimezone(LONDON):%a %d %b %H:%M}"


def _told(rungs: tuple[Rung, ...]) -> list[tuple[str, str]]:
    return [(rung.duty, _local(rung)) for rung in rungs]


def test_in_clinic_deputy_liaison_and_manager_follow_every_15_minutes() -> None:
    assert _told(ladder(TUESDAY, DEFAULT_CLOCKS, True)) == [
        ("owner", "Tue 17 Nov 10:04"), ("deputy", "Tue 17 Nov 10:19"),
        ("liaison", "Tue 17 Nov 10:34"), ("manager", "Tue 17 Nov 10:49"),
    ]  # fmt: skip


def test_someone_in_clinic_after_closing_time_does_not_wait_for_the_morning() -> None:
    late = TUESDAY.replace(hour=20)
    assert [rung.duty for rung in ladder(late, DEFAULT_CLOCKS, True)] == [
        "owner", "deputy", "liaison", "manager",
    ]  # fmt: skip


# Raised (UTC), what the morning's queue opens with, when the manager is called; all from home.
OUT_OF_HOURS = [
    ("2026-11-17 19:00", "Wed 18 Nov 08:00", "Wed 18 Nov 10:00"),
    ("2026-11-18 00:00", "Wed 18 Nov 08:00", "Wed 18 Nov 10:00"),
    ("2026-11-17 23:59", "Wed 18 Nov 08:00", "Wed 18 Nov 10:00"),
    ("2026-11-18 07:59", "Wed 18 Nov 08:00", "Wed 18 Nov 10:00"),
    ("2026-11-20 18:00", "Mon 23 Nov 08:00", "Mon 23 Nov 10:00"),
    # The clock goes back on Sunday 25 October 2026 at 02:00 summer time.
    ("2026-10-23 17:00", "Mon 26 Oct 08:00", "Mon 26 Oct 10:00"),
    ("2026-10-25 00:30", "Mon 26 Oct 08:00", "Mon 26 Oct 10:00"),
    ("2026-10-25 01:30", "Mon 26 Oct 08:00", "Mon 26 Oct 10:00"),
    # It goes forward on Sunday 29 March 2026 at 01:00.
    ("2026-03-27 18:00", "Mon 30 Mar 08:00", "Mon 30 Mar 10:00"),
    ("2026-03-29 00:59", "Mon 30 Mar 08:00", "Mon 30 Mar 10:00"),
    ("2026-03-29 01:00", "Mon 30 Mar 08:00", "Mon 30 Mar 10:00"),
    ("2026-03-30 06:59", "Mon 30 Mar 08:00", "Mon 30 Mar 10:00"),
]


@pytest.mark.parametrize(("raised", "queue", "manager"), OUT_OF_HOURS)
def test_an_answer_from_home_waits_for_the_morning_and_then_goes_to_the_manager(
    raised: str, queue: str, manager: str
) -> None:
    at = datetime.fromisoformat(f"{raised}+00:00")
    assert _told(ladder(at, DEFAULT_CLOCKS, False)) == [("owner", queue), ("manager", manager)]


# Moments round the two changes of the clock, and whether 08:00 to 18:00 every day is watched.
ROUND_THE_CHANGES = [
    ("2026-10-24 06:59", False), ("2026-10-24 07:00", True), ("2026-10-24 16:59", True),
    ("2026-10-24 17:00", False), ("2026-10-25 07:00", False), ("2026-10-25 07:59", False),
    ("2026-10-25 08:00", True), ("2026-10-25 17:59", True), ("2026-10-25 18:00", False),
    ("2026-03-28 08:00", True), ("2026-03-28 17:59", True), ("2026-03-28 18:00", False),
    ("2026-03-29 06:59", False), ("2026-03-29 07:00", True), ("2026-03-29 16:59", True),
    ("2026-03-29 17:00", False),
]  # fmt: skip


@pytest.mark.parametrize(("at", "expected"), ROUND_THE_CHANGES)
def test_opening_hours_are_those_of_the_clock_on_the_wall(at: str, expected: bool) -> None:
    daily = replace(DEFAULT_CLOCKS, weekdays="1234567")
    assert is_watched(datetime.fromisoformat(f"{at}+00:00"), daily) is expected


@pytest.mark.parametrize(
    ("raised", "deputy_utc"),
    [
        # 01:50 by the wall clock comes twice on 25 October; the deputy comes 15 real minutes later.
        (datetime(2026, 10, 25, 1, 50, tzinfo=LONDON, fold=0), "2026-10-25 01:05"),
        (datetime(2026, 10, 25, 1, 50, tzinfo=LONDON, fold=1), "2026-10-25 02:05"),
        (datetime(2026, 10, 24, 23, 55, tzinfo=LONDON), "2026-10-24 23:10"),
        (datetime(2026, 3, 29, 0, 50, tzinfo=LONDON), "2026-03-29 01:05"),
        (datetime(2026, 11, 17, 23, 50, tzinfo=LONDON), "2026-11-18 00:05"),
    ],
)
def test_fifteen_minutes_are_real_minutes_whatever_the_wall_clock_does(
    raised: datetime, deputy_utc: str
) -> None:
    deputy = ladder(raised, DEFAULT_CLOCKS, True)[1]
    assert f"{deputy.at.astimezone(UTC):%Y-%m-%d %H:%M}" == deputy_utc


def test_hours_that_run_over_midnight_belong_to_the_day_on_which_they_begin() -> None:
    friday_night = datetime(2026, 11, 20, 23, tzinfo=UTC)
    assert is_watched(friday_night, NIGHTS)
    assert is_watched(datetime(2026, 11, 21, 7, 59, tzinfo=UTC), NIGHTS)
    assert not is_watched(datetime(2026, 11, 21, 8, tzinfo=UTC), NIGHTS)
    assert not is_watched(datetime(2026, 11, 21, 23, tzinfo=UTC), NIGHTS)
    assert not is_watched(datetime(2026, 11, 20, 7, tzinfo=UTC), NIGHTS)


def test_what_waits_for_a_night_clinic_goes_to_the_manager_the_morning_after() -> None:
    noon = datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert _told(ladder(noon, NIGHTS, False)) == [
        ("owner", "Fri 20 Nov 20:00"), ("manager", "Sat 21 Nov 10:00"),
    ]  # fmt: skip


def test_a_whole_day_is_always_watched() -> None:
    always = replace(DEFAULT_CLOCKS, opens_at=time(0), closes_at=time(0), weekdays="1234567")
    assert all(is_watched(TUESDAY + timedelta(hours=n), always) for n in range(200))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"deputy_after": 0}, "deputy"),
        ({"liaison_after": 15}, "later time"),
        ({"liaison_after": 5000}, "minutes"),
        ({"weekdays": ""}, "at least one day"),
        ({"weekdays": "18"}, "at least one day"),
    ],
)
def test_clocks_by_which_nobody_would_be_called_are_refused(
    change: dict[str, object], said: str
) -> None:
    with pytest.raises(ClocksRefused, match=said):
        replace(DEFAULT_CLOCKS, **change)


def test_nothing_is_due_before_its_time_and_everything_is_from_then_on() -> None:
    rungs, called = ladder(TUESDAY, DEFAULT_CLOCKS, True), {"owner": "nurse"}
    assert due(rungs, called, TUESDAY + timedelta(minutes=14, seconds=59)) == ()
    assert [r.duty for r in due(rungs, called, TUESDAY + timedelta(minutes=15))] == ["deputy"]
    after_an_hour = due(rungs, called, TUESDAY + timedelta(hours=1))
    assert [rung.duty for rung in after_an_hour] == ["deputy", "liaison", "manager"]


def test_a_rung_that_nobody_holds_passes_the_call_on_at_once() -> None:
    rungs = ladder(TUESDAY, DEFAULT_CLOCKS, True)
    assert [r.duty for r in due(rungs, {"owner": ""}, TUESDAY)] == ["deputy"]
    assert [r.duty for r in due(rungs, {"owner": "", "deputy": ""}, TUESDAY)] == ["liaison"]


def test_when_nobody_holds_any_duty_everyone_is_called_once() -> None:
    rungs = ladder(TUESDAY, DEFAULT_CLOCKS, True)
    nobody = dict.fromkeys(("owner", "deputy", "liaison"), "")
    assert [r.duty for r in due(rungs, nobody, TUESDAY)] == ["manager"]
    nobody |= {"manager": ""}
    assert [r.duty for r in due(rungs, nobody, TUESDAY)] == ["everyone"]
    assert due(rungs, nobody | {"everyone": "a nurse"}, TUESDAY + timedelta(days=9)) == ()
    assert len(rungs_with_last_resort(rungs, nobody | {"liaison": "psychiatrist"})) == 4


def test_a_clock_that_was_put_back_holds_no_call_back() -> None:
    rungs = ladder(TUESDAY, DEFAULT_CLOCKS, True)
    an_hour_before = TUESDAY - timedelta(hours=1)
    everybody = ["owner", "deputy", "liaison", "manager"]
    assert [r.duty for r in due(rungs, {}, an_hour_before)] == everybody
    # Two machines' clocks may differ by seconds.
    assert due(rungs, {}, TUESDAY - timedelta(seconds=20)) == ()


def test_whoever_receives_an_alert_has_the_minutes_anew_once() -> None:
    at = TUESDAY + timedelta(hours=1)
    second = ladder_from_hand_on(at, DEFAULT_CLOCKS, 1)
    assert [(rung.code, _local(rung)) for rung in second] == [
        ("deputy 2", "Tue 17 Nov 11:19"), ("liaison 2", "Tue 17 Nov 11:34"),
        ("manager 2", "Tue 17 Nov 11:49"),
    ]  # fmt: skip
    # What was called before it was handed on does not count for this round.
    assert len(due(second, {"deputy": "a", "liaison": "b"}, at + timedelta(hours=1))) == 3


MOMENTS = st.datetimes(
    min_value=datetime(2026, 1, 1), max_value=datetime(2027, 12, 31), timezones=st.just(UTC)
)


@given(at=MOMENTS, days=st.sets(st.sampled_from("1234567"), min_size=1), hours=st.data())
def test_whenever_an_answer_comes_somebody_is_called_within_eight_days(
    at: datetime, days: set[str], hours: st.DataObject
) -> None:
    opens, closes, unread_by = (hours.draw(st.times()) for _ in range(3))
    clocks = Clocks(15, 30, opens, closes, "".join(sorted(days)), unread_by, "x")
    rungs = ladder(at, clocks, False)
    assert len(rungs) >= 2
    assert [rung.at for rung in rungs] == sorted(rung.at for rung in rungs)
    assert all(at <= rung.at <= at + timedelta(days=9, hours=1) for rung in rungs)


@given(at=MOMENTS)
def test_the_next_opening_is_watched_and_lies_ahead(at: datetime) -> None:
    opening = next_opening(at, DEFAULT_CLOCKS)
    assert opening >= at
    assert is_watched(opening, DEFAULT_CLOCKS)
