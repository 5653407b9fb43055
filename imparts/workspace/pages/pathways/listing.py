"""The list: each service's pathways, since when, which are being changed, what waits for you."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imparts.design.dates import day
from imparts.design.words import counted

if TYPE_CHECKING:
    from imparts.authoring.models import PathwayDraft
    from imparts.authoring.queries.pathway_drafts import Live
    from imparts.organisations.models import Service


@dataclass(frozen=True, slots=True)
class PathwayLine:
    """One pathway of a service."""

    key: str
    title: str
    live: str
    draft: int
    """0 when nothing changes it."""
    draft_says: str
    draft_name: str
    waits_for_me: bool


@dataclass(frozen=True, slots=True)
class ServiceLines:
    """One service and the pathways that it follows."""

    service: int
    name: str
    lines: tuple[PathwayLine, ...]


@dataclass(frozen=True, slots=True)
class ListPage:
    """Exactly what the list may show."""

    title: str
    said: str
    services: tuple[ServiceLines, ...]
    empty: str


def list_page(
    services: "list[tuple[Service, Mapping[str, Live]]]",
    drafts: "Mapping[tuple[int, str], PathwayDraft]",
    *,
    title_of: Callable[[int], str],
    called: Callable[[str], str],
    waits: frozenset[int],
) -> ListPage:
    """Every service that someone may read the pathways of."""
    shown = tuple(
        ServiceLines(
            service.pk,
            str(service),
            tuple(
                _line(live, drafts.get((service.pk, key)), title_of, called, waits)
                for key, live in followed.items()
            ),
        )
        for service, followed in services
        if followed
    )
    return ListPage(
        title="Pathways",
        said=_said(len(waits)),
        services=shown,
        empty="" if shown else "None of your services follows a pathway yet.",
    )


def _said(number: int) -> str:
    if not number:
        return "Nothing waits for your signature."
    verb = "waits" if number == 1 else "wait"
    return f"{counted(number, 'draft')} {verb} for your signature."


def _line(
    live: "Live", draft: "PathwayDraft | None", title_of: Callable[[int], str],
    called: Callable[[str], str], waits: frozenset[int],
) -> PathwayLine:  # fmt: skip
    return PathwayLine(
        key=live.content.key,
        title=title_of(live.content.pk),
        live=_live(live),
        draft=draft.pk if draft else 0,
        draft_says=_draft(draft, called) if draft else "",
        draft_name=f"Draft {live.number + 1}",
        waits_for_me=draft is not None and draft.pk in waits,
    )


def _live(live: "Live") -> str:
    said = f"Version {live.number} since {day(live.since)}"
    if live.later is None:
        return said
    return f"{said}; another from {day(live.later.from_on)}"


def _draft(draft: "PathwayDraft", called: Callable[[str], str]) -> str:
    by = called(draft.changed_by)
    if draft.made_id is not None:
        return f"handed in by {by}, waits for signatures"
    if draft.revision == 1:
        return f"begun by {by}, {day(draft.started_at)}"
    return f"changed by {by}, {day(draft.changed_at)}"
