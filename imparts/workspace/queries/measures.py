"""Which measures a clinic list shows, and one person's measures beside the time before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from imparts.design.dates import local
from imparts.design.words import plain_number
from imparts.informatics.results.models import ResponseScore
from imparts.library import queries as library
from imparts.library.models import ContentVersion
from imparts.rules.instruments.definition import Instrument
from imparts.rules.scoring.change import change
from imparts.workspace.queries.courses import Courses
from imparts.workspace.visits import Measured

COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """The measures that stand in the columns of a list, in order."""

    instruments: tuple[Instrument, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """Their ids."""
        return tuple(instrument.id for instrument in self.instruments)

    @property
    def heads(self) -> tuple[tuple[str, str], ...]:
        """Id and head of each column: ("phq9", "Low mood, of 27")."""
        return tuple(
            (i.id, f"{i.measures}, of {plain_number(i.scoring.highest)}")
            for i in self.instruments
            if i.scoring.highest is not None
        )

    @property
    def note(self) -> str:
        """From how many points on a change is more than chance."""
        points = ", ".join(
            f"{i.measures.lower()} {i.words_from}" for i in self.instruments if i.words_from
        )
        return (
            "Change is against the last time here. “Worse” and “better” are written only when the "
            f"change is more than chance: {points} points."
        )


def shown_at(service: int, *, on: date) -> Shown:
    """Mood and worry, then the first other measure of the pack that has a number and gets worse."""
    try:
        _, pack = library.pack_in_force(service, on=on)
    except library.NothingInForce:
        return Shown(())
    newest: dict[str, int] = dict(
        ContentVersion.objects.filter(kind=ContentVersion.Kind.INSTRUMENT)
        .order_by("id")
        .values_list("key", "pk")
    )
    asked = [
        library.instrument_of(newest[ask.instrument])
        for ask in pack.asks
        if ask.when is None and ask.instrument in newest
    ]
    scored = [i for i in asked if i.direction == "higher_is_worse" and i.scoring.highest]
    scored.sort(key=lambda instrument: not instrument.leads_gist)
    return Shown(tuple(scored[:COLUMNS]))


def measured_in(
    sitting: Mapping[str, ResponseScore], courses: Courses, patient: UUID
) -> dict[str, Measured]:
    """The scores of one sitting, each beside the last complete one before it."""
    found = {}
    for key, row in sitting.items():
        earlier = [r for r in courses.get((patient, key), ()) if r.completed_at < row.completed_at]
        found[key] = _measured(row, _last_complete(earlier, like=row))
    return found


def last_measured(courses: Courses, patient: UUID, shown: Shown) -> dict[str, Measured]:
    """What was measured the last time, for someone who has not answered today."""
    found = {}
    for key in shown.ids:
        earlier = courses.get((patient, key), [])
        if earlier:
            found[key] = _measured(earlier[-1], None)
    return found


def day_of(moment: datetime) -> date:
    """The local day of a moment."""
    return local(moment).date()


def _last_complete(rows: list[ResponseScore], *, like: ResponseScore) -> ResponseScore | None:
    """Another version of an instrument starts a new series."""
    version = library.instrument_of(like.content_id).version
    return next(
        (
            row
            for row in reversed(rows)
            if row.status == "complete" and library.instrument_of(row.content_id).version == version
        ),
        None,
    )


def _measured(row: ResponseScore, before: ResponseScore | None) -> Measured:
    instrument = library.instrument_of(row.content_id)
    band = instrument.band(row.band)
    moved = None
    if before and row.status == "complete" and row.score is not None and before.score is not None:
        moved = change(
            row.score, before.score, instrument.words_from, direction=instrument.direction
        )
    word = "first" if before is None else ""
    if moved:
        word = moved.in_words if moved.is_reliable else moved.word
    return Measured(
        name=instrument.measures,
        score=row.score,
        out_of=row.out_of,
        band=(band.short or band.label.lower()) if band else "",
        on=day_of(row.completed_at),
        is_estimate=row.status == "prorated",
        lower=row.lower,
        upper=row.upper,
        change=word,
        is_beyond_chance=bool(moved and moved.is_reliable),
    )
