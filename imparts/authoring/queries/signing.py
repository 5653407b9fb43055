"""Signing: everything that waits for a signature, grouped by why it is wanted."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from imparts.authoring.models import PackDraft
from imparts.authoring.queries.pathway_drafts import made_by_drafts
from imparts.library import queries as library
from imparts.library.models import ContentVersion, InForce
from imparts.library.queries.standing import HARM_NOT_CONFIRMED, SIGN_AGAIN, with_standing
from imparts.organisations.models import Service

Kind = ContentVersion.Kind
_WANTS_A_SIGNATURE = Q(withdrawn_at__isnull=True) & (
    Q(signed_at__isnull=True) | Q(signed_at__lt=F("confirmed_at"))
)
"""Nobody has signed it, or what asks about harm was confirmed anew after it was signed."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits, in the order in which a new site needs it."""

    made_here: tuple[ContentVersion, ...]
    """Composed or brought in at this site."""
    needed: tuple[ContentVersion, ...]
    """Shipped, and asked or shown by a pack of a service or by one that waits here."""
    other: tuple[ContentVersion, ...]
    """Shipped, and not wanted by anything yet."""

    @property
    def everything(self) -> tuple[ContentVersion, ...]:
        """All of it."""
        return (*self.made_here, *self.needed, *self.other)


def waiting_for_signature(*, on: date, pack: ContentVersion | None = None) -> Waiting:
    """Every newest version that wants a signature; with `pack`, only that pack and its needs."""
    unsigned = _unsigned(on=on)
    wanted = _wanted_by(pack) if pack else _wanted_anywhere(unsigned)
    made_here = tuple(one for one in unsigned if not one.is_shipped)
    shipped = [one for one in unsigned if one.is_shipped]
    needed = tuple(one for one in shipped if (one.kind, one.key) in wanted)
    if pack is not None:
        wanted = {*wanted, (pack.kind, pack.key)}
        return Waiting(
            tuple(one for one in made_here if (one.kind, one.key) in wanted),
            tuple(one for one in shipped if (one.kind, one.key) in wanted),
            (),
        )
    return Waiting(made_here, needed, tuple(one for one in shipped if one not in needed))


def count_waiting() -> int:
    """How many packs, wordings and forms of this site wait for a signature."""
    waiting = with_standing().filter(_WANTS_A_SIGNATURE, is_shipped=False)
    return waiting.exclude(pk__in=made_by_drafts()).count()


def _unsigned(*, on: date) -> list[ContentVersion]:
    rows = with_standing().filter(_WANTS_A_SIGNATURE)
    elsewhere = made_by_drafts()  # signed part by part on the pages of pathways
    newest = {one.pk for kind in Kind.values for one in library.newest_versions(kind).values()}
    found = [one for one in rows.order_by("kind", "key", "id") if one.pk in newest]
    found = [one for one in found if one.pk not in elsewhere]
    return [one for one in found if _can_be_asked(one, on=on)]


def _can_be_asked(content: ContentVersion, *, on: date) -> bool:
    """A structure without words, or one whose licence has ended, is not mended by a signature."""
    why = library.why_not_offered(content, on=on)
    return why is None or why in (library.NOT_SIGNED, HARM_NOT_CONFIRMED, SIGN_AGAIN)


def _wanted_anywhere(unsigned: list[ContentVersion]) -> set[tuple[str, str]]:
    packs = {row.content_id for row in InForce.objects.filter(kind=Kind.PACK)}
    packs |= {one.pk for one in unsigned if one.kind == Kind.PACK and not one.is_shipped}
    wanted = {(Kind.PATHWAY.value, row.content.key) for row in _pathways_in_force()}
    for content_id in packs:
        wanted |= _asked_by(content_id)
    drafts = PackDraft.objects.filter(made__isnull=True, thrown_away_at__isnull=True)
    for row in drafts:
        keys = [ask["instrument"] for part in row.parts for ask in part["asks"]]
        wanted |= {(Kind.INSTRUMENT.value, key) for key in keys}
    in_use = InForce.objects.filter(kind=Kind.PACK, content__is_shipped=True)
    wanted |= {(Kind.PACK.value, key) for key in in_use.values_list("content__key", flat=True)}
    return wanted | _texts(Service.objects.values_list("organisation__nation", flat=True))


def _wanted_by(pack: ContentVersion) -> set[tuple[str, str]]:
    nations = Service.objects.values_list("organisation__nation", flat=True)
    return _asked_by(pack.pk) | _texts(nations)


def _asked_by(pack_id: int) -> set[tuple[str, str]]:
    asks = library.pack_of(pack_id).asks
    return {
        (kind.value, ask.instrument) for ask in asks for kind in (Kind.INSTRUMENT, Kind.WORDING)
    }


def _texts(nations: object) -> set[tuple[str, str]]:
    return {(Kind.PATIENT_TEXT.value, nation) for nation in set(nations)}


def _pathways_in_force() -> list[InForce]:
    rows = InForce.objects.filter(kind=Kind.PATHWAY).select_related("content")
    return list(rows.defer("content__body"))
