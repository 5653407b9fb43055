"""Pathways of a service: what it follows now, the draft that changes it, who did what to it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from imparts.access.queries import Asking
from imparts.access.roles import May
from imparts.authoring.models import PathwayComment, PathwayDraft, PathwayRun, PathwaySignature
from imparts.authoring.queries.starting import open_services
from imparts.library import queries as library
from imparts.library.models import ContentVersion, InForce
from imparts.organisations.models import Service
from imparts.rules.pathways.definition import Pathway
from imparts.rules.pathways.reader import read_pathway

Kind = ContentVersion.Kind
LONGEST_VERSION = 60


@dataclass(frozen=True, slots=True)
class Live:
    """One pathway that a service follows: since when, as its how-manieth version, and what was."""

    content: ContentVersion
    since: date
    number: int
    """Its place among the versions that this service has followed, counted from 1."""
    earlier: tuple[ContentVersion, ...]
    """What was followed before it, the latest first."""
    later: InForce | None = None
    """What follows it on a later day."""


def pathway_services(asking: Asking, *, on: date) -> QuerySet[Service]:
    """The open services whose pathways someone may read."""
    return open_services(on).filter(pk__in=asking.services_where(May.COMMENT_PATHWAYS))


def service_for(
    asking: Asking, service_id: int, *, on: date, may: May = May.COMMENT_PATHWAYS
) -> Service:
    """One of the services at which someone may do this; 404 otherwise."""
    found = open_services(on).filter(pk=service_id, pk__in=asking.services_where(may)).first()
    if found is None:
        raise Http404
    return found


def live_for(service: Service, key: str, *, on: date) -> Live:
    """One pathway that a service follows; 404 when it does not."""
    found = live_at(service.pk, on=on).get(key)
    if found is None:
        raise Http404
    return found


def live_at(service_id: int, *, on: date) -> dict[str, Live]:
    """Every pathway that a service follows on a day, by key."""
    rows = InForce.objects.filter(service_id=service_id, kind=Kind.PATHWAY)
    by_key: dict[str, list[InForce]] = {}
    for row in rows.select_related("content").defer("content__body").order_by("from_on", "id"):
        by_key.setdefault(row.content.key, []).append(row)
    found = {key: _live(rows, on=on) for key, rows in sorted(by_key.items())}
    return {key: one for key, one in found.items() if one is not None}


def _live(rows: list[InForce], *, on: date) -> Live | None:
    begun = [row for row in rows if row.from_on <= on]
    if not begun:
        return None
    now = begun[-1]
    versions = list(dict.fromkeys(row.content_id for row in begun))
    contents = {row.content_id: row.content for row in begun}
    later = [row for row in rows if row.from_on > on and row.content_id != now.content_id]
    return Live(
        content=now.content,
        since=_since(begun),
        number=versions.index(now.content_id) + 1,
        earlier=tuple(contents[pk] for pk in reversed(versions) if pk != now.content_id),
        later=later[-1] if later else None,
    )


def place_of(row: PathwayDraft) -> tuple[int, date]:
    """Which version of the service's pathway a draft was begun on, and since when it held."""
    rows = InForce.objects.filter(
        service_id=row.service_id, kind=Kind.PATHWAY, content__key=row.key
    ).order_by("from_on", "id")
    first: dict[int, date] = {}
    for content_id, from_on in rows.values_list("content_id", "from_on"):
        first.setdefault(content_id, from_on)
    return list(first).index(row.based_on_id) + 1, first[row.based_on_id]


def _since(begun: list[InForce]) -> date:
    """The first day of the stretch in which the last version has held without a break."""
    last = begun[-1]
    since: date = last.from_on
    for row in reversed(begun):
        if row.content_id != last.content_id:
            break
        since = row.from_on
    return since


def live_of(service_id: int, key: str, *, on: date) -> ContentVersion | None:
    """The version of one pathway that a service follows on a day."""
    found = library.in_force(Kind.PATHWAY, service_id, on=on)
    return next((one for one in found if one.key == key), None)


def open_draft_of(service_id: int, key: str) -> PathwayDraft | None:
    """The draft that changes one pathway of a service, if there is one."""
    return _open().filter(service_id=service_id, key=key).first()


def open_drafts_at(service_ids: frozenset[int]) -> list[PathwayDraft]:
    """Every open draft of some services, changed last first."""
    return list(_open().filter(service_id__in=service_ids).order_by("-changed_at"))


def draft_for(asking: Asking, draft_id: int, *, may: May = May.COMMENT_PATHWAYS) -> PathwayDraft:
    """One draft of a service whose pathways someone may read, or change; 404 otherwise."""
    row = (
        PathwayDraft.objects.filter(
            pk=draft_id, service_id__in=asking.services_where(may),
            thrown_away_at__isnull=True,
        )
        .select_related("service__organisation", "based_on", "made")
        .first()
    )  # fmt: skip
    if row is None:
        raise Http404
    return row


def _open() -> QuerySet[PathwayDraft]:
    rows = PathwayDraft.objects.filter(live_from__isnull=True, thrown_away_at__isnull=True)
    return rows.select_related("service__organisation", "based_on", "made")


def may_edit(asking: Asking, row: PathwayDraft) -> bool:
    """Whether someone may change this draft now."""
    is_open = row.made_id is None and row.live_from is None and row.thrown_away_at is None
    return is_open and row.service_id in asking.services_where(May.EDIT_PATHWAYS)


def pathway_in(row: PathwayDraft) -> Pathway:
    """The pathway that a draft would be; once handed in, the version that it became."""
    return library.pathway_of(row.made_id) if row.made_id else read_pathway(row.text)


def comments_on(row: PathwayDraft) -> list[PathwayComment]:
    """What was said of a draft, first to last."""
    return list(PathwayComment.objects.filter(draft=row).order_by("id"))


def kept_run(mark: str) -> PathwayRun | None:
    """What a run came to that was worked out from exactly this."""
    return PathwayRun.objects.filter(mark=mark).first()


def free_version(row: PathwayDraft, *, on: date) -> str:
    """The name of a service's next version of a pathway: its day, the service, maybe a number."""
    versions = ContentVersion.objects.filter(kind=Kind.PATHWAY, key=row.key)
    taken = set(versions.values_list("version", flat=True))
    name = f"{on.isoformat()} {row.service.code}"[: LONGEST_VERSION - 8]
    version, number = name, 2
    while version in taken:
        version, number = f"{name} no. {number}", number + 1
    return version


def made_for(content_id: int) -> Service | None:
    """The service for which a pathway's version was made here; None when it is not such a one."""
    rows = PathwaySignature.objects.filter(content_id=content_id, draft__isnull=False)
    row = rows.select_related("service__organisation").first()
    return row.service if row else None


def made_by_drafts() -> frozenset[int]:
    """Every version that was made from a draft of a pathway: each for one service only."""
    rows = PathwaySignature.objects.filter(draft__isnull=False)
    return frozenset(rows.values_list("content_id", flat=True))
