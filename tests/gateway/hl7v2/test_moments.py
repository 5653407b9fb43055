"""Days and times of every precision, by the sender's clock; the hour that comes twice or never."""

from datetime import UTC, date, datetime

import pytest

from imparts.gateway.hl7v2.moments import Zone
from imparts.gateway.hl7v2.said import Unreadable

CAME_AT = datetime(2026, 11, 17, 12, 0, tzinfo=UTC)


def read(said: str, *, header: str = "20261117120000", came_at: datetime = CAME_AT) -> str:
    """A moment in UTC, as text; "" for none."""
    found = Zone.of(header, came_at=came_at).moment(said, where="EVN-2")
    return found.isoformat(" ", "milliseconds").removesuffix("+00:00") if found else ""


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("", ""),
        ("2026", ""),
        ("202611", ""),
        ("20261117", ""),
        ("2026111709", ""),  # an hour alone says less than the header does
        ("202611170915", "2026-11-17 09:15:00.000"),
        ("20261117091530", "2026-11-17 09:15:30.000"),
        ("20261117091530.25", "2026-11-17 09:15:30.250"),
        ("20260714091500", "2026-07-14 08:15:00.000"),  # summer time
        ("20261117091500+0100", "2026-11-17 08:15:00.000"),
        ("20261117091500-0500", "2026-11-17 14:15:00.000"),
        ("20261117240000", "2026-11-18 00:00:00.000"),
        ("20261231235960", "2026-12-31 23:59:59.000"),
    ],
)
def test_a_time_is_read_as_it_was_meant(said: str, meant: str) -> None:
    assert read(said) == meant


@pytest.mark.parametrize("said", ["20261332", "yesterday", "2026-11-17", "20261117250000", "٢٠٢٦"])
def test_what_is_no_time_is_refused_with_its_place(said: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(said + "0900" if said.isdigit() and len(said) == 8 else said)
    assert refused.value.where == "EVN-2"
    assert said not in str(refused.value)


def test_the_hour_that_comes_twice_is_the_later_one_once_it_has_come() -> None:
    said = "20261025013000"
    before = datetime(2026, 10, 25, 0, 31, tzinfo=UTC)
    after = datetime(2026, 10, 25, 1, 31, tzinfo=UTC)
    assert read(said, header=said, came_at=before) == "2026-10-25 00:30:00.000"
    assert read(said, header=said, came_at=after) == "2026-10-25 01:30:00.000"


def test_the_hour_that_is_left_out_is_taken_as_if_the_clocks_had_stayed() -> None:
    assert read("20260329013000").startswith("2026-03-29 01:30")


def test_an_offset_that_the_kingdom_has_says_nothing_of_other_seasons() -> None:
    assert read("20261210093000", header="20260714100000+0100").startswith("2026-12-10 09:30")


def test_an_offset_that_the_kingdom_has_not_counts_for_the_whole_message() -> None:
    assert read("20261117093000", header="20261117100000+0300").startswith("2026-11-17 06:30")


@pytest.mark.parametrize(
    ("said", "meant"),
    [("", None), ("1961", None), ("196103", None), ("19610314", date(1961, 3, 14)),
     ("196103142359", date(1961, 3, 14))],
)  # fmt: skip
def test_a_day_is_a_whole_day_or_none(said: str, meant: date | None) -> None:
    zone = Zone.of("20261117120000", came_at=CAME_AT)
    assert zone.day(said, where="PID-7") == meant
