"""Diagnoses in words: what, since when, under which code, and who says so."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from imparts.design.dates import day
from imparts.informatics.results.queries import DiagnosisLine
from imparts.people.pages import Banner


@dataclass(frozen=True, slots=True)
class DiagnosisWords:
    """One diagnosis where it stands beside other things."""

    words: str
    rest: str


@dataclass(frozen=True, slots=True)
class DiagnosisRow:
    """One diagnosis in the table, and whether the reader may take it out."""

    id: int
    words: str
    coded: str
    since: str
    by: str
    may_take_out: bool


@dataclass(frozen=True, slots=True)
class DiagnosesPage:
    """Who it is about, what stands, and the form for one more."""

    patient: UUID
    banner: Banner
    form: Any
    single_service: bool
    refused: str
    rows: tuple[DiagnosisRow, ...]
    latest: str
    """The newest day that may be typed: today."""
    undo: int = 0
    """What was just taken out and can be put back."""
    title: str = "Diagnoses"
    empty: str = "None has been recorded at your services."

    @property
    def status(self) -> int:
        """422 when what was typed cannot be stored; it stands in the form still."""
        return 422 if self.refused or self.form.errors else 200


def diagnosis_words(found: Sequence[DiagnosisLine]) -> tuple[DiagnosisWords, ...]:
    """Each in one line, the newest first."""
    return tuple(DiagnosisWords(each.words, _rest(each)) for each in found)


def diagnosis_rows(
    found: Sequence[DiagnosisLine], *, own: frozenset[int], called: Callable[[str], str]
) -> tuple[DiagnosisRow, ...]:
    """All of them; `own` are those that were typed at a service of the reader."""
    return tuple(
        DiagnosisRow(
            id=each.id,
            words=each.words,
            coded=_coded(each),
            since=day(each.on) if each.on else "",
            by=called(each.by) if each.is_typed else "from the hospital record",
            may_take_out=each.id in own,
        )
        for each in found
    )


def _rest(each: DiagnosisLine) -> str:
    since = f"since {day(each.on)}" if each.on else ""
    source = "" if each.is_typed else "from the hospital record"
    return ", ".join(filter(None, [_coded(each), since, source]))


def _coded(each: DiagnosisLine) -> str:
    return f"{each.system} {each.code}" if each.code else ""
