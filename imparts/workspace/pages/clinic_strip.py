"""The strip above the clinic list: one line an open alert, with who has it or who is called."""

from collections.abc import Sequence
from dataclasses import dataclass

from imparts.design.dates import clock
from imparts.design.words import Phrase
from imparts.pathways.alert_words import CALLED_AS
from imparts.workspace.visits import OpenAlert, Visit


@dataclass(frozen=True, slots=True)
class StripLine:
    """One open alert, above the list."""

    alert: int
    name: str
    do: str
    answer: tuple[Phrase, ...]
    clock: tuple[Phrase, ...]
    can_take: bool


def strip_of(visits: Sequence[Visit]) -> tuple[StripLine, ...]:
    """Untaken ones first, by when the next person is called."""
    found = [(visit, alert) for visit in visits for alert in visit.alerts]
    found.sort(key=lambda pair: (pair[1].taken_at is not None, pair[1].deputy_at))
    return tuple(_strip_line(visit, alert, first=n == 0) for n, (visit, alert) in enumerate(found))


def _strip_line(visit: Visit, alert: OpenAlert, *, first: bool) -> StripLine:
    question = alert.question if first else alert.question.split(" (")[0]
    taken = alert.taken_at is not None
    return StripLine(
        alert=alert.id,
        name=visit.name,
        do=f"{visit.name}{' (test patient)' if visit.is_test else ''}: {alert.do}.",
        answer=(Phrase(f"{question}: "), Phrase(alert.answer, True), Phrase(".")),
        clock=_clock(alert),
        can_take=not taken,
    )


def _clock(alert: OpenAlert) -> tuple[Phrase, ...]:
    """Who has it; or whom it was handed to, who was called, and who is called next."""
    if alert.taken_at is not None:
        return (Phrase(f"{alert.taken_by}, "), Phrase(clock(alert.taken_at), True))
    said: list[Phrase] = []
    if alert.handed_to:
        said.append(Phrase(f"Handed to {alert.handed_to}. "))
    if alert.called:
        duty, at = alert.called[-1]
        said += [Phrase(f"Called {CALLED_AS[duty].lower()} "), Phrase(clock(at), True)]
    if alert.next_duty:
        who = alert.next_duty.capitalize() if not alert.called else alert.next_duty
        said += [Phrase(f"{', ' if alert.called else ''}{who} at ")]
        said += [Phrase(clock(alert.deputy_at), True)]
    return tuple(said)
