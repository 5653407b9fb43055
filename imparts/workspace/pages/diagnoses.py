"""Diagnoses in words: what, since when, under which code, and who says so."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from imparts.design.dates import day
from imparts.informatics.results.queries import DiagnosisLine
from imparts.workspace.pages.body import FROM_RECORD, KeptRow


@dataclass(frozen=True, slots=True)
class DiagnosisWords:
    """One diagnosis where it stands beside other things."""

    words: str
    rest: str


def diagnosis_words(found: Sequence[DiagnosisLine]) -> tuple[DiagnosisWords, ...]:
    """Each in one line, the newest first."""
    return tuple(DiagnosisWords(each.words, _rest(each)) for each in found)


def diagnosis_rows(
    found: Sequence[DiagnosisLine], *, called: Callable[[str], str], services: Collection[int]
) -> tuple[KeptRow, ...]:
    """All of them; `services` are those of the reader."""
    return tuple(
        KeptRow(
            id=each.id,
            key="",
            what=each.words,
            said=_coded(each),
            on=day(each.on) if each.on else "",
            by=called(each.by) if each.is_typed else FROM_RECORD,
            may_take_out=each.service_id in services,
        )
        for each in found
    )


def _rest(each: DiagnosisLine) -> str:
    since = f"since {day(each.on)}" if each.on else ""
    source = "" if each.is_typed else FROM_RECORD
    return ", ".join(filter(None, [_coded(each), since, source]))


def _coded(each: DiagnosisLine) -> str:
    return f"{each.system} {each.code}" if each.code else ""
