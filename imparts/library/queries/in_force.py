"""What a service uses on a day: its pack, its pathways, and what its patients are told."""

from datetime import date

from imparts.library.models import ContentVersion, InForce
from imparts.library.queries.reading import pack_of, pathway_of, patient_texts_of
from imparts.library.queries.standing import may_be_offered, why_not_offered, with_standing
from imparts.rules.packs.definition import Pack
from imparts.rules.pathways.definition import Pathway
from imparts.rules.patient_texts import PatientTexts, texts_key

Kind = ContentVersion.Kind


class NothingInForce(Exception):
    """The service has no pack or pathway on this day; the message says how to give it one."""


def in_force(kind: str, service_id: int, *, on: date) -> tuple[ContentVersion, ...]:
    """What a service uses on a day: the last pack put in force; of other kinds, one a key."""
    rows = (
        InForce.objects.filter(kind=kind, service_id=service_id, from_on__lte=on)
        .select_related("content")
        .defer("content__body")
        .order_by("from_on", "id")
    )
    if kind == Kind.PACK:
        last = rows.last()
        return (last.content,) if last else ()
    latest: dict[str, ContentVersion] = {row.content.key: row.content for row in rows}
    return tuple(latest.values())


def pack_in_force(service_id: int, *, on: date) -> tuple[ContentVersion, Pack]:
    """The pack that a service asks on a day."""
    found = in_force(Kind.PACK, service_id, on=on)
    if not found:
        raise NothingInForce(
            "This service has no questionnaire pack in force today. "
            "Someone who sets up services can put one in force."
        )
    return found[0], pack_of(found[0].pk)


def pathways_in_force(service_id: int, *, on: date) -> tuple[Pathway, ...]:
    """The pathways that a service follows on a day.

    Each is looked at again here: one that was withdrawn, or that came into force in a demonstration
    and that nobody has signed, recommends nothing (hazard H7).
    """
    rows = InForce.objects.filter(kind=Kind.PATHWAY, service_id=service_id, from_on__lte=on)
    latest = dict(rows.order_by("from_on", "id").values_list("content__key", "content_id"))
    found = {one.pk: one for one in with_standing().filter(pk__in=latest.values())}
    return tuple(pathway_of(pk) for pk in latest.values() if may_be_offered(found[pk], on=on))


def patient_texts_for(nation: str, *, on: date, language: str = "en") -> tuple[int, PatientTexts]:
    """The newest texts for patients in a nation that may be shown, with the version's id."""
    key = texts_key(nation, language)
    versions = with_standing().filter(kind=Kind.PATIENT_TEXT, key=key).order_by("-id")
    why = None
    for content in versions:
        reason = why_not_offered(content, on=on)
        if reason is None:
            return content.pk, patient_texts_of(content.pk)
        why = why or f"What patients in {nation} are told ({content.version}): {reason}"
    raise NothingInForce(why or f"There are no texts for patients in {nation}, {language}.")
