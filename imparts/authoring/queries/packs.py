"""Packs of this site: what each service asks now, from a later day, in draft, and unsigned."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.http import Http404

from imparts.access.queries import Asking
from imparts.access.roles import May
from imparts.authoring.models import PackDraft
from imparts.authoring.queries.drafts import open_drafts
from imparts.authoring.queries.starting import services_to_compose_for
from imparts.library import queries as library
from imparts.library.models import ContentVersion, InForce
from imparts.organisations.models import Service

Kind = ContentVersion.Kind


@dataclass
class ServicePacks:
    """One service: its pack now, those to come, its drafts, and what waits for a signature."""

    service: Service
    now: InForce | None = None
    later: list[InForce] = field(default_factory=list)
    drafts: list[PackDraft] = field(default_factory=list)
    waiting: list[ContentVersion] = field(default_factory=list)


def packs_by_service(asking: Asking, *, on: date) -> list[ServicePacks]:
    """Every service that asks something, and those for which someone may compose."""
    found: dict[int, ServicePacks] = {}
    rows = InForce.objects.filter(kind=Kind.PACK).order_by("from_on", "id")
    for row in rows.select_related("service__organisation", "content").defer("content__body"):
        one = found.setdefault(row.service_id, ServicePacks(row.service))
        if row.from_on <= on:
            one.now = row
        else:
            one.later = [*(r for r in one.later if r.from_on != row.from_on), row]
    for service in services_to_compose_for(asking, on=on):
        found.setdefault(service.pk, ServicePacks(service))
    for draft in open_drafts(asking):
        found.setdefault(draft.service_id, ServicePacks(draft.service)).drafts.append(draft)
    for draft in _handed_in():
        one = found.setdefault(draft.service_id, ServicePacks(draft.service))
        one.waiting.append(draft.made)
    return sorted(found.values(), key=lambda one: (str(one.service).lower(), one.service.pk))


def _handed_in() -> Iterable[PackDraft]:
    """Drafts whose version nobody has signed yet."""
    return (
        PackDraft.objects.filter(made__isnull=False, made__signatures__isnull=True)
        .filter(made__withdrawals__isnull=True)
        .select_related("service__organisation", "made")
        .defer("made__body")
        .order_by("changed_at")
    )


def all_packs() -> list[ContentVersion]:
    """The newest version of every pack, shipped or composed here, by name."""
    newest = library.newest_versions(Kind.PACK)
    return sorted(newest.values(), key=lambda one: library.pack_of(one.pk).name.lower())


def drafted_for(content_id: int) -> Service | None:
    """The service that a version was composed for."""
    row = PackDraft.objects.filter(made_id=content_id).select_related("service").first()
    return row.service if row else None


def service_to_change(asking: Asking, content: ContentVersion) -> Service:
    """The service that a composed pack is for, if someone may compose for it; 404 otherwise."""
    service = drafted_for(content.pk)
    if content.kind != Kind.PACK or service is None:
        raise Http404
    if service.pk not in asking.services_where(May.COMPOSE):
        raise Http404
    return service


def may_change(asking: Asking, content: ContentVersion) -> bool:
    """Whether someone may begin the next version of a pack that was composed here."""
    try:
        service_to_change(asking, content)
    except Http404:
        return False
    return True


def pack_with(content_id: str) -> ContentVersion | None:
    """The pack that was chosen to be copied; None for a new one."""
    if not content_id.isdecimal() or len(content_id) > 18:
        return None
    return ContentVersion.objects.filter(kind=Kind.PACK, pk=int(content_id)).first()


def where_asked(content: ContentVersion) -> str:
    """Where a pack comes from, in words: shipped, or composed for a service."""
    if content.is_shipped:
        return "shipped with imparts"
    service = drafted_for(content.pk)
    return f"composed for {service}" if service else "loaded here"
