"""Referrals as ServiceRequests, letters as DocumentReferences, and letters that were sent."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import OuterRef, Prefetch, QuerySet

from imparts.gateway.fhir.communication import CommunicationFacts, communication_of
from imparts.gateway.fhir.document_reference import (
    DocumentFacts,
    document_reference_of,
    letter_as_text,
)
from imparts.gateway.fhir.service_request import ReferralFacts, service_request_of
from imparts.gateway.fhir_server.queries.seen import (
    last,
    many,
    patient,
    results,
    stamped,
    withdrawn,
)
from imparts.gateway.fhir_server.registry import Json, Reader
from imparts.informatics.questionnaires.models import Response
from imparts.integrated_care.referrals.models import Letter, Referral, ReferralEvent
from imparts.integrated_care.referrals.queries import ReferralStory, facts_of
from imparts.organisations.models import Service
from imparts.pathways.queries import entries_about

Name = ReferralEvent.Name
WAYS = {code: str(label) for code, label in ReferralEvent.How.choices}


def rows(reader: Reader) -> QuerySet[Referral]:
    """Referrals by the services whose results the reader may see."""
    events = ReferralEvent.objects.filter(referral=OuterRef("pk"))
    return Referral.objects.filter(results(reader)).annotate(
        _stored=last(events, "at"),
        _version=many(events, "referral"),
        _state=last(events, "name"),
    )


def render(found: Sequence[Referral], reader: Reader) -> list[Json]:
    """Each referral with how far it has come."""
    stories = _stories(found)
    plans = entries_about([row.sitting for row in found if row.sitting])
    asked = responses_of_sittings(row.sitting for row in found)
    made = []
    for row in found:
        story, plan = stories[row.pk], plans.get(row.sitting)
        rests_on = [ref for ref, key in asked.get(row.sitting, ()) if key in row.measures]
        facts = _referral(story, f"CarePlan/{plan.pk}" if plan else "", tuple(rests_on))
        made.append(stamped(service_request_of(facts), row._stored or row.at, row._version or 1))
    return made


def responses_of_sittings(
    sittings: Iterable[UUID | None],
) -> dict[UUID | None, list[tuple[str, str]]]:
    """References to the responses of some sittings, each with its instrument."""
    found: dict[UUID | None, list[tuple[str, str]]] = {}
    wanted = [one for one in sittings if one is not None]
    responses = Response.objects.filter(invitation__in=wanted).order_by("place")
    for sitting, pk, key in responses.values_list("invitation_id", "pk", "instrument"):
        found.setdefault(sitting, []).append((f"QuestionnaireResponse/{pk}", key))
    return found


def letter_rows(reader: Reader) -> QuerySet[Letter]:
    """Letters of the services whose results the reader may see."""
    return Letter.objects.filter(results(reader)).annotate(_is_in_error=withdrawn("sitting"))


def render_letters(found: Sequence[Letter], reader: Reader) -> list[Json]:
    """Each letter with its words."""
    names = _services(row.service_id for row in found)
    return [stamped(document_reference_of(_letter(row, names)), row.at) for row in found]


def sent_rows(reader: Reader) -> QuerySet[ReferralEvent]:
    """Referral letters that somebody marked as sent."""
    return ReferralEvent.objects.filter(
        results(reader, "referral__patient_id", "referral__service_id"), name=Name.SENT
    ).select_related("referral")


def render_sent(found: Sequence[ReferralEvent], reader: Reader) -> list[Json]:
    """Each sending, as the person who marked it said."""
    names = _services(row.referral.service_id for row in found)
    return [stamped(communication_of(_sent(row, names)), row.at) for row in found]


def _stories(found: Sequence[Referral]) -> dict[UUID, ReferralStory]:
    events = Prefetch("events", ReferralEvent.objects.order_by("id"))
    loaded = (
        Referral.objects.filter(pk__in=[row.pk for row in found])
        .select_related("service__organisation")
        .prefetch_related(events)
    )
    return {row.pk: ReferralStory(row, tuple(row.events.all())) for row in loaded}


def _referral(story: ReferralStory, plan: str, rests_on: tuple[str, ...]) -> ReferralFacts:
    referral, draft = story.referral, story.draft
    return ReferralFacts(
        id=str(referral.pk),
        patient=patient(referral.patient_id),
        state=str(story.last.name),
        option=referral.option,
        to=draft.to,
        reason=draft.words,
        authored_at=referral.at,
        requester=f"{referral.service.name}, {referral.service.organisation.name}",
        within=referral.within,
        plan=plan,
        rests_on=rests_on,
        document=f"DocumentReference/{story.letter}" if story.letter else "",
        notes=_notes(story),
    )


def _notes(story: ReferralStory) -> tuple[str, ...]:
    draft, last = story.draft, story.last
    said = []
    if draft.is_agreed:
        said.append("The patient agreed to the referral.")
    elif draft.is_agreed is False:
        said.append(f"The patient did not agree to the referral. {draft.although}".strip())
    if last.name == Name.SENT and last.how:
        said.append(f"Marked as sent {WAYS[last.how]}.")
    if last.name == Name.WITHDRAWN and last.reason:
        said.append(f"Withdrawn: {last.reason}")
    return tuple(said)


def _letter(row: Letter, names: dict[int, str]) -> DocumentFacts:
    letter = facts_of(row)
    return DocumentFacts(
        id=str(row.pk),
        patient=patient(row.patient_id),
        kind=row.kind,
        title=str(Letter.Kind(row.kind).label),
        made_at=row.at,
        text=letter_as_text(letter),
        author=letter.signed or letter.sender,
        custodian=names.get(row.service_id, ""),
        is_in_error=row._is_in_error,
    )


def _sent(row: ReferralEvent, names: dict[int, str]) -> CommunicationFacts:
    referral = row.referral
    return CommunicationFacts(
        id=f"letter-{row.pk}",
        patient=patient(referral.patient_id),
        sent_at=row.at,
        kind="letter",
        kind_words="Referral letter, marked as sent",
        document=f"DocumentReference/{row.letter_id}" if row.letter_id else "",
        words="" if row.letter_id else f"Referral to {row.to or referral.to}",
        to=row.to or referral.to,
        how=row.how,
        how_words=WAYS.get(row.how, ""),
        about=(f"ServiceRequest/{referral.pk}",),
        sender=names.get(referral.service_id, ""),
    )


def _services(found: Iterable[int]) -> dict[int, str]:
    services = Service.objects.filter(pk__in=set(found)).select_related("organisation")
    return {one.pk: f"{one.name}, {one.organisation.name}" for one in services}
