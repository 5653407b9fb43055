"""Where somebody lies, from what was said of their stay, in the order in which it was said."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from imparts.rules.stays import Standing, standing

_EIGHT = datetime(2026, 11, 17, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Said:
    """One thing said."""

    what: str
    ward: str = ""
    room: str = ""
    bed: str = ""
    happened_at: datetime = _EIGHT


def after(*said: Said) -> tuple[str, str]:
    """How the stay stands, and where."""
    now = standing(said)
    return now.state, now.place


ADMITTED = Said("admitted", "Ashdown", "2", "4")


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ((), ("", "")),
        ((Said("expected", "Ashdown"),), ("expected", "Ashdown")),
        ((Said("expected", "Birch"), ADMITTED), ("here", "Ashdown, room 2, bed 4")),
        ((ADMITTED, Said("expected", "Birch")), ("here", "Ashdown, room 2, bed 4")),
        ((ADMITTED, Said("transferred", "Birch")), ("here", "Birch")),
        ((ADMITTED, Said("transferred")), ("here", "Ashdown, room 2, bed 4")),
        ((ADMITTED, Said("discharged")), ("left", "Ashdown, room 2, bed 4")),
        ((ADMITTED, Said("discharged"), Said("updated", "Birch")), ("left", "Birch")),
        ((Said("updated", "Birch"),), ("here", "Birch")),
        ((ADMITTED, Said("admission_cancelled")), ("cancelled", "")),
        ((ADMITTED, Said("discharge_cancelled", "Birch")), ("here", "Ashdown, room 2, bed 4")),
        ((ADMITTED, Said("discharged"), Said("discharge_cancelled", "Birch")), ("here", "Birch")),
        ((ADMITTED, Said("admission_cancelled"), ADMITTED), ("here", "Ashdown, room 2, bed 4")),
    ],
)
def test_a_stay_stands_as_the_last_thing_said_leaves_it(
    said: tuple[Said, ...], stands: tuple[str, str]
) -> None:
    assert after(*said) == stands


def test_somebody_is_here_since_they_came_and_not_since_the_last_move() -> None:
    later = _EIGHT + timedelta(hours=3)
    now = standing([ADMITTED, Said("transferred", "Birch", happened_at=later)])
    assert now.since == _EIGHT
    assert now.is_here


def test_a_bed_without_a_ward_is_a_place() -> None:
    assert Standing("here", bed="4").place == "bed 4"


def test_what_is_not_known_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="unknown move"):
        standing([Said("vanished")])
