"""The packs of this site, one row a service: what is asked now, later, in draft, and unsigned."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from imparts.design.dates import brief_day, day, short_day
from imparts.design.words import counted

if TYPE_CHECKING:
    from imparts.authoring.queries.packs import ServicePacks
    from imparts.library.models import ContentVersion, InForce
    from imparts.organisations.models import Service
    from imparts.rules.packs.definition import Pack

OLD = "due for review since {day}"


@dataclass(frozen=True, slots=True)
class PackLink:
    """One version of a pack, and what is to be known of it in a row."""

    content: int
    name: str
    version: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class DraftLink:
    """One draft that may be gone on with."""

    draft: int
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One service."""

    service: int
    name: str
    now: PackLink | None
    later: tuple[PackLink, ...]
    drafts: tuple[DraftLink, ...]
    waiting: tuple[PackLink, ...]
    may_compose: bool


@dataclass(frozen=True, slots=True)
class PacksPage:
    """All services, and every pack that can be copied."""

    title: str
    said: str
    rows: tuple[ServiceRow, ...]
    waits_for_you: int
    may_compose: bool
    may_sign: bool


def packs_page(
    found: "Iterable[ServicePacks]", pack_of: "Callable[[int], Pack]", *,
    may_compose_for: frozenset[int], may_sign: bool, waits: int, today: date,
) -> PacksPage:  # fmt: skip
    """Put every service in a row."""
    rows = tuple(_row(one, pack_of, may_compose_for, today) for one in found)
    asking = sum(row.now is not None for row in rows)
    return PacksPage(
        title="Packs",
        said=f"{counted(asking, 'service')} of {len(rows)} ask a pack today.",
        rows=rows,
        waits_for_you=waits,
        may_compose=bool(may_compose_for),
        may_sign=may_sign,
    )


def _row(
    one: "ServicePacks", pack_of: "Callable[[int], Pack]", mine: frozenset[int], today: date
) -> ServiceRow:
    return ServiceRow(
        service=one.service.pk,
        name=str(one.service),
        now=_in_force(one.now, pack_of, today) if one.now else None,
        later=tuple(_in_force(row, pack_of, today) for row in one.later),
        drafts=tuple(
            DraftLink(row.pk, row.name, f"changed {short_day(row.changed_at)}")
            for row in one.drafts
        ),
        waiting=tuple(
            PackLink(content.pk, pack_of(content.pk).name, content.version)
            for content in one.waiting
        ),
        may_compose=one.service.pk in mine,
    )


def _in_force(row: "InForce", pack_of: "Callable[[int], Pack]", today: date) -> PackLink:
    pack = pack_of(row.content_id)
    said = f"{'since' if row.from_on <= today else 'from'} {brief_day(row.from_on)}"
    due = OLD.format(day=day(pack.next_review)) if pack.next_review < today else ""
    return PackLink(row.content_id, pack.name, pack.version, ", ".join(filter(None, (said, due))))


@dataclass(frozen=True, slots=True)
class CopyFrom:
    """One pack that a new one may begin as."""

    content: int
    name: str
    said: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class NewPackPage:
    """What a new pack is called, whom it is for, and what it begins as."""

    title: str
    copies: tuple[CopyFrom, ...]
    services: "tuple[Service, ...]"
    values: Mapping[str, str]
    wrong: Mapping[str, str]
    from_scratch: bool


def new_pack_page(
    packs: "Iterable[tuple[ContentVersion, Pack, str]]", services: "Iterable[Service]", *,
    chosen: str, values: Mapping[str, str], wrong: Mapping[str, str],
) -> NewPackPage:  # fmt: skip
    """Every pack that may be copied, each with where it is asked."""
    copies = tuple(
        CopyFrom(content.pk, pack.name, where, str(content.pk) == chosen)
        for content, pack, where in packs
    )
    return NewPackPage(
        title="Start a new pack",
        copies=copies,
        services=tuple(services),
        values=values,
        wrong=wrong,
        from_scratch=not any(copy.is_chosen for copy in copies),
    )
