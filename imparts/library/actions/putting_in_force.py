"""Putting a pack or a pathway in force at a service, and withdrawing a version from use."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from imparts.audit import actions as audit
from imparts.design.dates import day
from imparts.library import queries
from imparts.library.models import ContentVersion, InForce, Withdrawal
from imparts.organisations.models import Service
from imparts.rules.content import ContentRefused
from imparts.rules.pathways.checks import refuse_what_cannot_be

Kind = ContentVersion.Kind
LONGEST_WHY = 200


class NotReady(Exception):
    """Something cannot go into force; the message says why, in one sentence."""


class NotSigned(NotReady):
    """Content that nobody at this site has signed cannot go into force."""


def put_in_force(
    *, service: Service, content: ContentVersion, from_on: date, by: str, at: datetime
) -> InForce:
    """From a day on this service uses this version; refused with a sentence while it may not."""
    if content.kind not in (Kind.PACK, Kind.PATHWAY):
        raise NotReady("Only packs and pathways are put in force at a service.")
    if from_on < timezone.localdate(at):
        raise NotReady(f"{day(from_on)} is in the past; choose today or a later day.")
    _refuse_what_is_not_offered(content, on=from_on)
    if content.kind == Kind.PACK:
        _refuse_instruments_not_offered(content, on=from_on)
        _refuse_without_patient_texts(service, on=from_on)
    else:
        _refuse_what_cannot_be(content)
    with transaction.atomic():
        made = InForce.objects.create(
            service=service, content=content, kind=content.kind, from_on=from_on, by=by, at=at
        )
        audit.record(
            who=by, did="put content in force", about=f"{content.kind} {content.key}",
            why=f"service {service.pk}", at=at,
        )  # fmt: skip
    return made


def _refuse_what_is_not_offered(content: ContentVersion, *, on: date) -> None:
    why = queries.why_not_offered(content, on=on)
    if why == queries.NOT_SIGNED:
        raise NotSigned(
            f"{content.key} {content.version} has not been checked by a clinician. "
            "A clinician of this site must sign it before it can be used."
        )
    if why:
        raise NotReady(f"{content.key} {content.version} cannot be used. {why}")


def _refuse_instruments_not_offered(content: ContentVersion, *, on: date) -> None:
    """An instrument that is not asked in any language would be left out in silence."""
    for name, why in queries.not_offered_in_any_language(queries.pack_of(content.pk), on=on):
        error = NotSigned if why == queries.NOT_SIGNED else NotReady
        raise error(f"{name} cannot be asked here on {day(on)}. {why}")


def _refuse_what_cannot_be(content: ContentVersion) -> None:
    """A pathway that was kept before it was held against the instruments and the options."""
    pathway = queries.pathway_of(content.pk)
    try:
        refuse_what_cannot_be(pathway, queries.newest_instruments(), queries.options())
    except ContentRefused as why:
        raise NotReady(f"This pathway cannot be used. {why}.") from why


def _refuse_without_patient_texts(service: Service, *, on: date) -> None:
    """A pack asks about self-harm, so what a patient is told next must be signed with it."""
    try:
        queries.patient_texts_for(service.organisation.nation, on=on)
    except queries.NothingInForce as why:
        raise NotSigned(str(why)) from why


def withdraw(*, content: ContentVersion, why: str, by: str, at: datetime) -> Withdrawal:
    """Nobody is asked this version any more; what was answered stays, and shows its own words."""
    if not why.strip():
        raise NotReady("Say why it is withdrawn; whoever looks for it reads that.")
    if len(why) > LONGEST_WHY:
        raise NotReady(f"Say in at most {LONGEST_WHY} characters why it is withdrawn.")
    with transaction.atomic():
        made = Withdrawal.objects.create(content=content, why=why, by=by, at=at)
        about = f"{content.kind} {content.key} {content.version}"
        audit.record(who=by, did="withdrew content", about=about, why=why, at=at)
    return made
