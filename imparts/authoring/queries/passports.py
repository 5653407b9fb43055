"""What the passport page of one instrument needs: its versions, languages and signatures here."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404

from imparts.access.models import Staff
from imparts.authoring.queries.library import Standing, standing_of, that_counts, versions_of
from imparts.library.models import ContentVersion, Signature
from imparts.library.queries import instrument_of, language_name
from imparts.library.queries.reading import languages_in
from imparts.rules.instruments.definition import Instrument


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature that was made here."""

    by: str
    as_role: str
    at: datetime
    statement: str
    accepts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """One version of an instrument in one language, with what is known of it at this site."""

    instrument: Instrument
    content: ContentVersion
    standing: Standing
    signatures: tuple[Signed, ...]
    versions: tuple[ContentVersion, ...]
    languages: tuple[tuple[str, str], ...]  # tag and name, of this version


def shown(key: str, *, content_id: int | None, language: str, on: date) -> Shown:
    """One version, or without a number the one that counts today; 404 where there is none."""
    versions = versions_of(key)
    if content_id is None:
        content = that_counts(versions, on=on) if versions else None
    else:
        content = next((one for one in versions if one.pk == content_id), None)
    if content is None:
        raise Http404
    tags = languages_in(content.pk)
    return Shown(
        instrument=instrument_of(content.pk, language if language in tags else tags[0]),
        content=content,
        standing=standing_of(content, on=on),
        signatures=_signatures(content.pk),
        versions=versions,
        languages=tuple((tag, language_name(tag)) for tag in tags),
    )


def shipped_newest() -> tuple[Instrument, ...]:
    """Every instrument as it is shipped, without the wordings that a site has licences for."""
    rows = ContentVersion.objects.filter(kind=ContentVersion.Kind.INSTRUMENT).defer("body")
    newest = rows.order_by("key", "-id").distinct("key")
    found = (instrument_of(content.pk) for content in newest)
    return tuple(sorted(found, key=lambda one: one.short_title.lower()))


def _signatures(content_id: int) -> tuple[Signed, ...]:
    rows = list(Signature.objects.filter(content_id=content_id).order_by("id"))
    names = {
        one.username: str(one)
        for one in Staff.objects.filter(username__in=[row.signed_by for row in rows])
    }
    return tuple(
        Signed(
            by=names.get(row.signed_by, row.signed_by),
            as_role=row.as_role,
            at=row.at,
            statement=row.statement,
            accepts=tuple(row.accepts),
        )
        for row in rows
    )
