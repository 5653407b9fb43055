"""To start: packs that are asked nowhere yet, where pathways are followed, and who goes on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from imparts.access.models import Staff
from imparts.access.queries import Asking, staff_at
from imparts.access.roles import May
from imparts.authoring.queries.drafts import composed_by
from imparts.authoring.queries.packs import drafted_for
from imparts.authoring.queries.pathway_drafts import made_by_drafts
from imparts.authoring.queries.versions import why_may_not_sign
from imparts.library import queries as library
from imparts.library.models import ContentVersion, InForce, Signature
from imparts.library.queries.standing import with_standing
from imparts.organisations.models import Service

Kind = ContentVersion.Kind


@dataclass(frozen=True, slots=True)
class Next:
    """Who may take the next step with one version: the reader, and colleagues by name."""

    may_sign: bool
    may_start: bool
    signers: tuple[str, ...]
    starters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotAsked:
    """A pack that is asked nowhere yet: signed and not started, or waiting for a signature."""

    content: ContentVersion
    service: Service | None
    """The service that it was composed for."""
    signature: Signature | None
    not_ready: tuple[tuple[str, str], ...]
    """What it asks that nobody could be asked today, each with why."""
    next: Next


@dataclass(frozen=True, slots=True)
class Followed:
    """One service that follows a pathway, or will; `why_not` when it suggests nothing there."""

    row: InForce
    why_not: str


@dataclass(frozen=True, slots=True)
class PathwayHere:
    """One pathway in its newest version, where it is followed, and the version to start."""

    content: ContentVersion
    why_not: str
    to_start: ContentVersion | None
    """The newest version that may be used here; None while there is none."""
    at: tuple[Followed, ...]
    next: Next


def packs_not_asked(asking: Asking, *, on: date) -> list[NotAsked]:
    """Every pack that stands between composing and its first day, in the order of its key."""
    started = set(InForce.objects.filter(kind=Kind.PACK).values_list("content_id", flat=True))
    return [
        _not_asked(asking, content, on=on)
        for versions in _by_key(Kind.PACK).values()
        for content in _before_their_first_day(versions, started)
    ]


def pathways_here(asking: Asking, *, on: date) -> list[PathwayHere]:
    """Every pathway of the library, each with the services that follow it."""
    followed = _followed(on=on)
    return [
        _pathway(asking, versions, followed.get(key, ()), on=on)
        for key, versions in _by_key(Kind.PATHWAY).items()
    ]


def _by_key(kind: str) -> dict[str, list[ContentVersion]]:
    """Every version of one kind with how it stands, newest first.

    A pathway that one service has changed for itself is no other's to start.
    """
    found: dict[str, list[ContentVersion]] = {}
    rows = with_standing().filter(kind=kind).exclude(pk__in=made_by_drafts())
    for content in rows.order_by("key", "-id"):
        found.setdefault(content.key, []).append(content)
    return found


def _before_their_first_day(
    versions: list[ContentVersion], started: set[int]
) -> Iterator[ContentVersion]:
    """The newest unsigned one of this site, and the newest signed one, until one has started."""
    for number, content in enumerate(versions):
        if content.pk in started:
            return
        if content.withdrawn_at is not None:
            continue
        if content.signed_at is not None:
            yield content
            return
        if number == 0 and not content.is_shipped:
            yield content


def _not_asked(asking: Asking, content: ContentVersion, *, on: date) -> NotAsked:
    service = drafted_for(content.pk)
    signed = Signature.objects.filter(content=content).order_by("-id").first()
    not_ready = library.not_offered_in_any_language(library.pack_of(content.pk), on=on)
    return NotAsked(content, service, signed, not_ready, _next(asking, content, service, on=on))


def _next(asking: Asking, content: ContentVersion, service: Service | None, *, on: date) -> Next:
    """Colleagues of the reader's own services only: others' staff are not theirs to name."""
    starts_at = asking.services_where(May.START_CONTENT)
    places = {service.pk} & set(asking.services) if service else set(asking.services)
    own = {name.casefold() for name in (*composed_by(content.pk), content.loaded_by)}
    signers = _staff(May.SIGN_CONTENT, places, on=on)
    return Next(
        may_sign=asking.may(May.SIGN_CONTENT) and not why_may_not_sign(asking, content),
        may_start=service.pk in starts_at if service else bool(starts_at),
        signers=_names(one for one in signers if one.username.casefold() not in own),
        starters=_names(iter(_staff(May.START_CONTENT, places, on=on))),
    )


def _staff(may: May, places: set[int], *, on: date) -> list[Staff]:
    return [one for service_id in sorted(places) for one in staff_at(service_id, may=may, on=on)]


def _names(staff: Iterator[Staff]) -> tuple[str, ...]:
    return tuple(sorted({one.get_full_name() or one.username for one in staff}))


def _followed(*, on: date) -> dict[str, tuple[Followed, ...]]:
    """By pathway: the row that counts today at each open service, and those of later days."""
    is_open = Q(service__closed_on__isnull=True) | Q(service__closed_on__gt=on)
    rows = InForce.objects.filter(is_open, kind=Kind.PATHWAY).order_by("from_on", "id")
    counts: dict[tuple[str, int, date | None], InForce] = {}
    for row in rows.select_related("service__organisation", "content").defer("content__body"):
        day = row.from_on if row.from_on > on else None
        counts[row.content.key, row.service_id, day] = row
    found: dict[str, tuple[Followed, ...]] = {}
    for (key, _, _), row in counts.items():
        why = library.why_not_offered(row.content, on=max(on, row.from_on)) or ""
        found[key] = (*found.get(key, ()), Followed(row, why))
    return found


def _pathway(
    asking: Asking, versions: list[ContentVersion], at: tuple[Followed, ...], *, on: date
) -> PathwayHere:
    newest = versions[0]
    return PathwayHere(
        content=newest,
        why_not=library.why_not_offered(newest, on=on) or "",
        to_start=next((one for one in versions if library.may_be_offered(one, on=on)), None),
        at=tuple(sorted(at, key=lambda one: (str(one.row.service).lower(), one.row.from_on))),
        next=_next(asking, newest, None, on=on),
    )
