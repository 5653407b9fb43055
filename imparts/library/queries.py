"""Reading the library: what is in force here today, and what any version says."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from django.conf import settings

from imparts.library.models import ContentVersion, InForce, Signature
from imparts.rules.instruments.definition import Instrument
from imparts.rules.instruments.reader import read_instrument
from imparts.rules.packs.definition import Pack
from imparts.rules.packs.reader import read_pack
from imparts.rules.pathways.definition import Pathway
from imparts.rules.pathways.reader import read_pathway
from imparts.rules.patient_texts import PatientTexts, read_patient_texts


class NothingInForce(Exception):
    """The service has no pack or pathway on this day; the message says how to give it one."""


def name_of(kind: str, text: str) -> tuple[str, str]:
    """The key and version that a file gives itself, once it has passed its reader."""
    if kind == ContentVersion.Kind.INSTRUMENT:
        instrument = read_instrument(text)
        return instrument.id, instrument.version
    if kind == ContentVersion.Kind.PACK:
        pack = read_pack(text, newest_instruments())
        return pack.id, pack.version
    if kind == ContentVersion.Kind.PATHWAY:
        pathway = read_pathway(text)
        return pathway.id, pathway.version
    texts = read_patient_texts(text)
    return texts.nation, texts.version


def newest_versions(kind: str) -> dict[str, ContentVersion]:
    """The version loaded last of each key of one kind; the text itself is fetched when needed."""
    versions = ContentVersion.objects.filter(kind=kind).defer("body")
    rows = versions.order_by("key", "-id").distinct("key")
    return {content.key: content for content in rows}


def newest_instruments() -> dict[str, Instrument]:
    """The newest version of every instrument, by its id."""
    found = newest_versions(ContentVersion.Kind.INSTRUMENT)
    return {key: instrument_of(content.pk) for key, content in found.items()}


@lru_cache(maxsize=512)
def instrument_of(content_id: int) -> Instrument:
    """The instrument of one version; kept in memory, since a version never changes."""
    return read_instrument(_body(content_id))


@lru_cache(maxsize=256)
def pack_of(content_id: int) -> Pack:
    """The pack of one version."""
    return read_pack(_body(content_id), newest_instruments())


@lru_cache(maxsize=256)
def pathway_of(content_id: int) -> Pathway:
    """The pathway of one version."""
    return read_pathway(_body(content_id))


@lru_cache(maxsize=32)
def patient_texts_of(content_id: int) -> PatientTexts:
    """What patients are told in one nation, in one version."""
    return read_patient_texts(_body(content_id))


def _body(content_id: int) -> str:
    return ContentVersion.objects.values_list("body", flat=True).get(pk=content_id)


def in_force(kind: str, service_id: int, *, on: date) -> tuple[ContentVersion, ...]:
    """What a service uses on a day: the last pack put in force; of other kinds, one a key."""
    rows = (
        InForce.objects.filter(kind=kind, service_id=service_id, from_on__lte=on)
        .select_related("content")
        .defer("content__body")
        .order_by("from_on", "id")
    )
    if kind == ContentVersion.Kind.PACK:
        last = rows.last()
        return (last.content,) if last else ()
    latest: dict[str, ContentVersion] = {row.content.key: row.content for row in rows}
    return tuple(latest.values())


def pack_in_force(service_id: int, *, on: date) -> tuple[ContentVersion, Pack]:
    """The pack that a service asks on a day."""
    found = in_force(ContentVersion.Kind.PACK, service_id, on=on)
    if not found:
        raise NothingInForce(
            "This service has no questionnaire pack in force today. "
            "Someone who sets up services can put one in force."
        )
    return found[0], pack_of(found[0].pk)


def pathways_in_force(service_id: int, *, on: date) -> tuple[Pathway, ...]:
    """The pathways that a service follows on a day."""
    rows = InForce.objects.filter(
        kind=ContentVersion.Kind.PATHWAY, service_id=service_id, from_on__lte=on
    )
    latest = dict(rows.order_by("from_on", "id").values_list("content__key", "content_id"))
    return tuple(pathway_of(content_id) for content_id in latest.values())


def instruments_for(pack: Pack) -> Mapping[str, ContentVersion]:
    """The newest version of each instrument that a pack asks and that may be offered here."""
    newest = newest_versions(ContentVersion.Kind.INSTRUMENT)
    wanted = dict.fromkeys(ask.instrument for part in pack.parts for ask in part.asks)
    return {key: newest[key] for key in wanted if may_be_offered(newest[key])}


def patient_texts_for(nation: str) -> tuple[int, PatientTexts]:
    """The newest texts for patients in a nation, with the version's id."""
    content = newest_versions(ContentVersion.Kind.PATIENT_TEXT)[nation]
    return content.pk, patient_texts_of(content.pk)


def may_be_offered(content: ContentVersion) -> bool:
    """Whether a version may be used: a clinician of this site has signed it, or this is the demo.

    What a file says of itself ("checked_by") is shown but never enough: a file can be copied and
    changed, a signature here names who stands for this very text.
    """
    return settings.IMPARTS_DEMO or Signature.objects.filter(content=content).exists()
