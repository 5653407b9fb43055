"""The clinic list for the desk: grouped by what reception must do, with no answer, score or alert.

The screen can be read over the desk, so an open alert shows only as "Ask to wait": no colour, no
mark, no reason (hazard H8).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from imparts.design.dates import age_on, clock, long_day, record_day, short_day
from imparts.design.words import Phrase
from imparts.workspace.choices import Choice
from imparts.workspace.pages.uptake import (
    ClinicLine,
    Count,
    clinic_line,
    counts,
    mark_of,
    not_counted,
    offered,
    real,
)
from imparts.workspace.visits import Asking, Visit

OUTCOMES = (("declined", "Declined"), ("no_time", "No time"), ("other", "Other"))
UNDO_WITHIN = timedelta(minutes=5)  # a wrong tap is noticed at once or by the patient
_TO_START = (Asking.NO_TABLET, Asking.STOPPED)
_ENDED = {
    Asking.DECLINED: "Declined",
    Asking.NO_TIME: "No time",
    Asking.OTHER: "Not done, other reason",
}


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One person, and what the desk can do for them with one tap."""

    appointment: UUID
    sitting: UUID | None
    name: str
    family_name: str
    given_name: str
    born: str
    time: str
    arrived: str
    mark: str
    questionnaire: tuple[Phrase, ...]
    instead: str = ""
    can_arrive: bool = False
    can_start: bool = False
    moves: tuple[tuple[str, str], ...] = ()
    can_take_back: bool = False
    can_help: bool = False
    can_change: bool = False
    is_done: bool = False
    is_test: bool = False


@dataclass(frozen=True, slots=True)
class DeskGroup:
    """People for whom the desk must do the same thing."""

    id: str
    title: str
    how_many: str
    rows: tuple[DeskRow, ...]


@dataclass(frozen=True, slots=True)
class ReceptionList:
    """One sitting of a clinic, for the desk."""

    title: str
    heading: str
    as_of: str
    counts: tuple[Count, ...]
    offered: tuple[Phrase, ...]
    usual: str
    not_counted: str
    line: ClinicLine | None
    tablets: tuple[Phrase, ...]
    looked_for: str
    found: str
    groups: tuple[DeskGroup, ...]
    empty: str
    services: tuple[Choice, ...] = ()
    sessions: tuple[Choice, ...] = ()
    outcomes: tuple[tuple[str, str], ...] = OUTCOMES
    may_book: bool = False
    not_covered: str = ""
    service: int = 0

    @classmethod
    def of(
        cls,
        visits: Sequence[Visit],
        *,
        part: str,
        now: datetime,
        looked_for: str = "",
        tablets: tuple[Phrase, ...] = (),
        usual: str = "",
        services: tuple[Choice, ...] = (),
        sessions: tuple[Choice, ...] = (),
        may_act: bool = True,
        not_covered: str = "",
        service: int = 0,
        today: date,
    ) -> "ReceptionList":
        """Put a sitting into groups and words; a search narrows the rows, never the counts."""
        shown = [visit for visit in visits if _fits(visit, looked_for)]
        people = real(visits)
        name = f"{part.capitalize()} clinic" if part else "Clinic"
        return cls(
            title="Clinic list",
            heading=f"{name}, {long_day(today)}",
            as_of=f"{clock(now)}:{now:%S}",
            counts=counts(people),
            offered=offered(people, of_whom="who are here or done") if people else (),
            usual=usual,
            not_counted=not_counted(visits),
            line=clinic_line(people),
            tablets=tablets,
            looked_for=looked_for,
            found=f"{len(shown)} of {len(visits)} shown." if looked_for else "",
            groups=_groups(shown, now=now, today=today, may_act=may_act),
            empty="" if visits else "There is no clinic here today.",
            services=services,
            sessions=sessions,
            may_book=may_act,
            not_covered=not_covered,
            service=service,
        )


def _fits(visit: Visit, looked_for: str) -> bool:
    """Whether every word typed starts a name or is part of the birth date."""
    born = visit.born_on
    dates = f"{born:%d-%b-%Y} {born:%d/%m/%Y} {born:%d.%m.%Y} {born:%Y-%m-%d} {born:%Y}"
    texts = [*visit.family_name.split(), *visit.given_name.split(), *dates.split()]
    words = looked_for.lower().replace(",", " ").split()
    return all(any(text.lower().startswith(word) for text in texts) for word in words)


def _groups(
    visits: Sequence[Visit], *, now: datetime, today: date, may_act: bool
) -> tuple[DeskGroup, ...]:
    sorts: tuple[tuple[str, str, Callable[[Visit], object]], ...] = (
        ("wait", "Ask to wait", lambda v: v.arrived_at or v.at),
        ("here", "Here now, no tablet yet", lambda v: v.arrived_at or v.at),
        ("answering", "Answering", lambda v: v.at),
        ("done", "Done", lambda v: v.at),
        ("later", "Not here yet", lambda v: v.at),
    )
    made = []
    for id_, title, order in sorts:
        of_group = sorted((v for v in visits if _group(v) == id_), key=order)
        rows = tuple(_row(v, id_, now=now, today=today, may_act=may_act) for v in of_group)
        if rows:
            made.append(DeskGroup(id_, title, _how_many(id_, of_group), rows))
    return tuple(made)


def _group(visit: Visit) -> str:
    if visit.state == "arrived" and visit.must_wait and visit.asking is not Asking.ANSWERING:
        return "wait"
    if visit.state in ("booked", "did_not_attend"):
        return "answering" if visit.asking is Asking.ANSWERING else "later"
    if visit.asking is Asking.ANSWERING:
        return "answering"
    if visit.asking in _TO_START and visit.is_here:
        return "here"
    return "done"


def _how_many(group: str, visits: Sequence[Visit]) -> str:
    if group != "later":
        return f"({len(visits)})"
    at_home = sum(v.asking is Asking.FINISHED for v in visits)
    not_due = sum(v.asking is Asking.NOT_DUE for v in visits)
    parts = [f"{at_home} answered at home"] if at_home else []
    parts += [f"{not_due} {'is' if not_due == 1 else 'are'} not due"] if not_due else []
    return f"({len(visits)}, of whom {' and '.join(parts)})" if parts else f"({len(visits)})"


def _row(visit: Visit, group: str, *, now: datetime, today: date, may_act: bool) -> DeskRow:
    waits = group == "wait"
    is_mine = visit.asking in _TO_START and visit.is_here and not waits
    return DeskRow(
        appointment=visit.appointment,
        sitting=visit.invitation,
        name=visit.name,
        family_name=visit.family_name.upper(),
        given_name=visit.given_name,
        born=f"{record_day(visit.born_on)} ({age_on(visit.born_on, today)}y)",
        time=clock(visit.at),
        arrived=clock(visit.arrived_at) if visit.arrived_at else "",
        mark="" if visit.asking in (Asking.NO_TABLET, Asking.NOT_DUE) else mark_of(visit),
        questionnaire=_questionnaire(visit, now=now, today=today),
        instead="The nurse is coming to the desk" if waits else "",
        can_arrive=may_act and visit.state in ("booked", "did_not_attend"),
        can_start=may_act and is_mine,
        moves=_moves(visit, group, now=now) if may_act else (),
        can_help=may_act and visit.asked_for_help_at is not None,
        can_take_back=may_act and visit.asking is Asking.ANSWERING and not visit.at_home,
        can_change=may_act and visit.asking in _ENDED,
        is_done=group == "done",
        is_test=visit.is_test,
    )


def _moves(visit: Visit, group: str, *, now: datetime) -> tuple[tuple[str, str], ...]:
    """What else one tap may say of where someone is.

    Saying "left" of someone who must wait calls the nurse to the desk, and the list says so.
    """
    if visit.state == "booked" and group == "later":
        return (("did_not_attend", "Did not attend"),)
    if visit.is_here and group in ("done", "wait"):
        return (("left", "Left"),)
    just_now = visit.arrived_at is not None and now - visit.arrived_at < UNDO_WITHIN
    if visit.state == "arrived" and just_now and visit.asking is Asking.NO_TABLET:
        return (("not_here", "Undo"),)
    return ()


def _questionnaire(visit: Visit, *, now: datetime, today: date) -> tuple[Phrase, ...]:
    if visit.asking is Asking.NO_TABLET:
        return _not_started(visit, now=now)
    if visit.asking is Asking.STOPPED:
        return (Phrase(f"Stopped at {visit.answered} of {visit.of}"),)
    if visit.asking is Asking.NOT_DUE:
        return (
            Phrase(f"Not due: {visit.not_due_because}" if visit.not_due_because else "Not due"),
        )
    if visit.asking is Asking.ANSWERING:
        return _answering(visit)
    ended = _ENDED.get(visit.asking, "Finished at home," if visit.at_home else "Finished")
    return (Phrase(f"{ended} {_when(visit.asked_at, today=today)}".strip()),)


def _answering(visit: Visit) -> tuple[Phrase, ...]:
    on = f", {visit.tablet}" if visit.tablet else ", at home" if visit.at_home else ""
    so_far = f"{visit.answered} of {visit.of}{on}"
    if visit.asked_for_help_at:
        return (
            Phrase(f"{so_far}. "),
            Phrase(f"Asked for help {clock(visit.asked_for_help_at)}", True),
        )
    return (Phrase(so_far),)


def _not_started(visit: Visit, *, now: datetime) -> tuple[Phrase, ...]:
    if visit.state == "did_not_attend":
        return (Phrase("Did not attend"),)
    if visit.state == "left":
        return (Phrase("Left without a tablet"),)
    note = f" {visit.note}" if visit.note else ""
    if not visit.is_here or visit.arrived_at is None:
        return (Phrase(note.strip()),)
    if visit.state == "in_room":
        return (Phrase(f"In a room.{note}"),)
    minutes = int((now - visit.arrived_at).total_seconds() // 60)
    return (Phrase(f"Waiting {max(minutes, 0)} min{'.' + note if note else ''}"),)


def _when(moment: datetime | None, *, today: date) -> str:
    if moment is None:
        return ""
    days = (today - moment.date()).days
    if days == 0:
        return clock(moment)
    if days == 1:
        return "yesterday"
    return f"{moment:%A}" if days < 7 else short_day(moment)
