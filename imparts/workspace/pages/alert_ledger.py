"""The ledger of alerts: filters, how quickly people acted, counts of services, and every alert."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from imparts.design.dates import clock, local, short_day
from imparts.design.words import counted
from imparts.pathways.queries import AlertStory, Name, Times, is_overdue, times_of
from imparts.workspace.pages.alert_lines import Called, how_long

if TYPE_CHECKING:
    from imparts.workspace.forms import LedgerForm

MOST_ROWS = 200
LATELY = 30
TIERS = {
    "A": "A, a person must act now",
    "B": "B, in the worklist",
    "C": "C, for information",
}


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One alert in the table."""

    alert: int
    raised: str
    patient: str
    is_test: bool
    service: str
    tier: str
    state: str
    owner: str
    seen: str
    taken: str
    acted: str
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One service in numbers."""

    service: str
    alerts: int
    open: int
    overdue: int
    seen: str
    acted: str
    volume: str


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """The ledger as one reader may see it."""

    title: str
    said: tuple[str, ...]
    form: "LedgerForm"
    services: tuple[ServiceLine, ...]
    rows: tuple[LedgerLine, ...]
    note: str
    tiers: str
    """What the letters in the column of tiers stand for."""
    has_names: bool
    has_services: bool
    may_prove: bool
    query: str
    status: int

    @classmethod
    def of(
        cls,
        stories: Sequence[AlertStory],
        lately: Sequence[AlertStory],
        *,
        form: "LedgerForm",
        called: Called,
        named: Callable[[AlertStory], bool],
        may_prove: bool,
        query: str,
        now: datetime,
    ) -> "LedgerPage":
        """`named` says for which alerts the reader may see whose they are."""
        shown = stories[:MOST_ROWS]
        more = f"The latest {MOST_ROWS} of {len(stories)} are shown. Narrow the filters for others."
        return cls(
            title="Alert ledger",
            said=_said(stories, lately, now=now),
            form=form,
            services=tuple(
                _service(name, found, [s for s in lately if str(s.alert.service) == name], now=now)
                for name, found in _by_service(stories)
            ),
            rows=tuple(_row(s, called, named, now=now) for s in shown),
            note=more if len(stories) > MOST_ROWS else "" if stories else "No alert fits.",
            tiers="; ".join(TIERS.values()).replace(",", ":"),
            has_names=any(named(s) for s in shown),
            has_services=len({s.alert.service_id for s in shown}) > 1,
            may_prove=may_prove,
            query=query,
            status=422 if form.errors else 200,
        )


def about_a_day(stories: Sequence[AlertStory], *, days: int = LATELY) -> str:
    """How many alerts of tier A to expect: "about 5 a day", or "about 2 a week" when few."""
    many = sum(s.tier == "A" and not s.alert.patient.is_test for s in stories)
    a_day = many / days
    if a_day >= 1:
        return f"about {round(a_day)} a day"
    a_week = round(a_day * 7)
    return f"about {a_week} a week" if a_week else str(many)


def in_minutes(waited: timedelta | None) -> str:
    """How long, in words: "40 s", "4 min"; a stroke when there is none to count."""
    if waited is None:
        return "none yet"
    seconds = int(waited.total_seconds())
    return f"{seconds} s" if seconds < 60 else how_long(seconds // 60)


def _said(
    stories: Sequence[AlertStory], lately: Sequence[AlertStory], *, now: datetime
) -> tuple[str, ...]:
    real = [s for s in stories if not s.alert.patient.is_test]
    times = times_of(real)
    overdue = sum(is_overdue(s, at=now) for s in real)
    still = f", oldest {_oldest(times, now)}" if times.open else ""
    return (
        f"{counted(times.alerts, 'alert')}, {times.open} open{still}, {overdue} overdue.",
        f"Median to seen {in_minutes(times.to_seen)}, to taken {in_minutes(times.to_taken)}, "
        f"to acted {in_minutes(times.to_acted)}.",
        f"Tier A: {about_a_day(lately)} over the last {LATELY} days.",
    )


def _oldest(times: Times, now: datetime) -> str:
    if times.oldest_open_at is None:
        return ""
    return how_long(int((now - times.oldest_open_at).total_seconds() // 60))


def _by_service(stories: Iterable[AlertStory]) -> list[tuple[str, list[AlertStory]]]:
    found: dict[str, list[AlertStory]] = {}
    for story in stories:
        found.setdefault(str(story.alert.service), []).append(story)
    return sorted(found.items())


def _service(
    name: str, stories: Sequence[AlertStory], lately: Sequence[AlertStory], *, now: datetime
) -> ServiceLine:
    real = [s for s in stories if not s.alert.patient.is_test]
    times = times_of(real)
    return ServiceLine(
        service=name,
        alerts=times.alerts,
        open=times.open,
        overdue=sum(is_overdue(s, at=now) for s in real),
        seen=in_minutes(times.to_seen),
        acted=in_minutes(times.to_acted),
        volume=about_a_day(lately),
    )


def _row(
    story: AlertStory, called: Called, named: Callable[[AlertStory], bool], *, now: datetime
) -> LedgerLine:
    patient = story.alert.patient.merged_into or story.alert.patient
    raised = local(story.alert.raised_at)
    return LedgerLine(
        alert=story.alert.pk,
        raised=f"{short_day(raised)} {clock(raised)}",
        patient=f"{patient.family_name.upper()}, {patient.given_name}" if named(story) else "",
        is_test=patient.is_test,
        service=str(story.alert.service),
        tier=story.tier,
        state=str(Name(story.state).label),
        owner=called(story.owner) if story.owner else "nobody",
        seen=_after(story, "first_seen"),
        taken=_after(story, "first_taken"),
        acted=_after(story, "acted"),
        is_overdue=is_overdue(story, at=now),
    )


def _after(story: AlertStory, event: str) -> str:
    found = getattr(story, event)
    return in_minutes(found.at - story.alert.raised_at) if found else ""
