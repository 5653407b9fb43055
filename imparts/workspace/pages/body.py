"""The pages on which a measure, a diagnosis, a treatment or an event is typed; what there is."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from imparts.design.dates import day
from imparts.informatics.results.queries import PhysicalPoint
from imparts.pathways.queries import TreatmentShown
from imparts.people.pages import Banner
from imparts.rules.physical_measures import PhysicalKind
from imparts.rules.scoring.change import plain
from imparts.rules.scoring.parts import words_of

FROM_RECORD = "from the hospital record"


@dataclass(frozen=True, slots=True)
class KeptRow:
    """One measure, diagnosis or treatment that stands, and what may be done with it."""

    id: int
    key: str
    """The measure, for the address of its trend; empty for what has none."""
    what: str
    said: str
    on: str
    by: str
    may_end: bool = False
    may_go_on: bool = False
    may_take_out: bool = True
    """Not what the record sent to another service: that is taken out where it stands."""


@dataclass(frozen=True, slots=True)
class KeptPage:
    """Any of these pages: who it is about, what stands, and the form."""

    title: str
    patient: UUID
    banner: Banner
    form: Any
    single_service: bool
    refused: str
    rows: tuple[KeptRow, ...]
    empty: str
    latest: str
    """The newest day that may be typed: today."""
    marks: tuple[str, ...] = ()
    """What must stand beside the bands: "DAS28: bands ... from general knowledge"."""
    put_back: str = ""
    """Where a press puts back what was just taken out; empty for nothing."""

    @property
    def status(self) -> int:
        """422 when what was typed cannot be stored; it stands in the form still."""
        return 422 if self.refused or self.form.errors else 200


def physical_marks(
    found: dict[str, tuple[PhysicalPoint, ...]], kinds: Iterable[PhysicalKind]
) -> tuple[str, ...]:
    """Where the bands of what stands here come from, each said once."""
    shown = [kind.scale() for kind in kinds if found.get(kind.id)]
    return tuple(f"{scale.short}: {mark}." for scale in shown for mark in scale.marks)


def physical_rows(
    found: dict[str, tuple[PhysicalPoint, ...]],
    kinds: Iterable[PhysicalKind],
    *,
    called: Callable[[str], str],
    services: Collection[int],
) -> tuple[KeptRow, ...]:
    """What has been measured, newest first; `services` are those of the reader."""
    rows = [
        (point.on, point.id, _physical(kind, point, called, services))
        for kind in kinds
        for point in found.get(kind.id, ())
    ]
    return tuple(row for *_, row in sorted(rows, key=lambda each: each[:2], reverse=True))


def _physical(
    kind: PhysicalKind, point: PhysicalPoint, called: Callable[[str], str],
    services: Collection[int],
) -> KeptRow:  # fmt: skip
    second = kind.number(point.second) if point.second is not None else None
    scale = kind.scale()
    number = scale.written(kind.number(point.value), second)
    out_of = kind.unit or f"of {plain(scale.highest)}"
    band = words_of(point.value, scale.bands, None)
    return KeptRow(
        id=point.id,
        key=kind.id,
        what=kind.name,
        said=", ".join(words for words in (f"{number} {out_of}", band) if words),
        on=day(point.on),
        by=called(point.by) if point.is_typed else FROM_RECORD,
        may_take_out=point.service_id in services,
    )


def treatment_rows(
    found: Sequence[TreatmentShown], *, called: Callable[[str], str]
) -> tuple[KeptRow, ...]:
    """What has been given or has happened, newest first."""
    return tuple(
        KeptRow(
            id=one.id,
            key="",
            what=one.what,
            said=_span(one),
            on=day(one.began_on),
            by=called(one.by),
            may_end=not one.is_event and one.ended_on is None,
            may_go_on=not one.is_event and one.ended_on is not None,
        )
        for one in reversed(found)
    )


def _span(one: TreatmentShown) -> str:
    if one.is_event:
        return "on that day"
    return f"until {day(one.ended_on)}" if one.ended_on else "goes on"
