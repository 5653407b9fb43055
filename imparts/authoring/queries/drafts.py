"""Drafts of packs: whose they are, what they ask, and the pack that each would be."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.http import Http404

from imparts.access.models import Staff
from imparts.access.queries import Asking
from imparts.access.roles import May
from imparts.authoring.models import PackDraft
from imparts.authoring.queries.choosing import Shelf
from imparts.library import queries as library
from imparts.library.models import ContentVersion
from imparts.rules.content import ContentRefused
from imparts.rules.packs import draft as drafting
from imparts.rules.packs.definition import Pack
from imparts.rules.packs.draft import Draft, Made
from imparts.rules.packs.reader import read_pack
from imparts.rules.packs.writing import pack_text

Kind = ContentVersion.Kind


def open_drafts(asking: Asking) -> list[PackDraft]:
    """The drafts that someone may go on with, changed last first."""
    found = PackDraft.objects.filter(
        service_id__in=asking.services_where(May.COMPOSE),
        made__isnull=True, thrown_away_at__isnull=True,
    )  # fmt: skip
    return list(found.select_related("service").order_by("-changed_at"))


def draft_for(asking: Asking, draft_id: int) -> PackDraft:
    """One draft of a service where someone may compose; 404 otherwise."""
    found = PackDraft.objects.filter(
        pk=draft_id, service_id__in=asking.services_where(May.COMPOSE), thrown_away_at__isnull=True
    )
    row = found.select_related("service__organisation", "made").first()
    if row is None:
        raise Http404
    return row


def as_draft(row: PackDraft) -> Draft:
    """What somebody has put together so far."""
    return Draft(
        name=row.name,
        illness_words=row.illness_words,
        asks_who_helps=row.asks_who_helps,
        sources=tuple(line.strip() for line in row.sources.splitlines() if line.strip()),
        parts=drafting.parts_from_json(row.parts),
    )


def pack_of_draft(row: PackDraft, shelf: Shelf, *, on: date) -> Pack:
    """The pack that a draft would be if it were handed in on a day."""
    made = Made(
        id=row.key,
        version=free_version(row.key, on=on),
        authored_by=", ".join(called(row.authors)),
        on=on,
        next_review=row.next_review,
    )
    return drafting.as_pack(as_draft(row), made, shelf.instruments, shelf.forms)


def what_is_wrong(pack: Pack) -> ContentRefused | None:
    """The first rule of packs that a draft breaks, leaving aside what is not filled in yet."""
    filled_in = replace(pack, name=pack.name or "-", illness_words=pack.illness_words or "-")
    try:
        read_pack(pack_text(filled_in), library.newest_instruments(), library.form_keys())
    except ContentRefused as refused:
        return refused
    return None


def called(usernames: Iterable[str]) -> tuple[str, ...]:
    """Who user names are, by job title, with the user name: titles are often shared."""
    wanted = list(usernames)
    known = {one.username: str(one) for one in Staff.objects.filter(username__in=wanted)}
    return tuple(
        f"{known[name]} ({name})" if known.get(name, name) != name else name for name in wanted
    )


def free_key(name: str) -> str:
    """A key that no pack and no draft has yet: "rheumatology_ours", "rheumatology_ours_2"."""
    taken = set(ContentVersion.objects.filter(kind=Kind.PACK).values_list("key", flat=True))
    taken |= set(PackDraft.objects.values_list("key", flat=True))
    key, number = name, 2
    while key in taken:
        key, number = f"{name}_{number}", number + 1
    return key


def free_version(key: str, *, on: date) -> str:
    """The name of the next version of a pack: its day, and a number when the day has several."""
    versions = ContentVersion.objects.filter(kind=Kind.PACK, key=key)
    taken = set(versions.values_list("version", flat=True))
    version, number = on.isoformat(), 2
    while version in taken:
        version, number = f"{on.isoformat()} no. {number}", number + 1
    return version


def composed_by(content_id: int) -> frozenset[str]:
    """Everyone who changed the draft that a version was made of."""
    authors = PackDraft.objects.filter(made_id=content_id).values_list("authors", flat=True)
    return frozenset(name for each in authors for name in each)
