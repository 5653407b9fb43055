"""Responses as QuestionnaireResponses, with where each came from, and how each came to be."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest

from imparts.design.dates import local
from imparts.gateway.fhir.about import About
from imparts.gateway.fhir.provenance import Made, provenance_of
from imparts.gateway.fhir.response import response_of
from imparts.gateway.fhir_server.parameters import NOBODY, Code
from imparts.gateway.fhir_server.queries.encounters import encounters_of
from imparts.gateway.fhir_server.queries.questionnaires import canonical_of
from imparts.gateway.fhir_server.queries.seen import patient, results, stamped
from imparts.gateway.fhir_server.registry import Json, Reader
from imparts.informatics.questionnaires.models import Answer, HandOver, Response, SentIn
from imparts.informatics.questionnaires.queries.sittings import SENT_IN, told_in
from imparts.informatics.results.models import ResponseScore
from imparts.library import queries as library
from imparts.rules.forms.paths import place_of
from imparts.rules.forms.response import response_of as form_response_of
from imparts.rules.forms.values import FormAnswers, from_json
from imparts.rules.scoring.score import score
from imparts.rules.wording.languages import best_of

_HELPED = {"nobody": "", "family": "family or a friend"}
_WAYS = {SENT_IN: "elsewhere, and sent in by FHIR"}


def rows(reader: Reader) -> QuerySet[Response]:
    """Responses of the services whose results the reader may see."""
    moment = Greatest(
        "invitation__submitted_at", Coalesce("invitation__withdrawn_at", "invitation__submitted_at")
    )
    return Response.objects.filter(results(reader)).annotate(
        _stored=Coalesce(moment, F("completed_at"))
    )


def standing(asked: Code, reader: Reader) -> Q:
    """For rows: those of a status."""
    in_error = Q(invitation__withdrawn_at__isnull=False)
    corrected = Q(pk__in=_corrected())
    ways = {
        "entered-in-error": in_error,
        "amended": ~in_error & corrected,
        "completed": ~in_error & ~corrected,
    }
    return ways.get(asked.code, NOBODY)


def numbered(asked: Code, reader: Reader) -> Q:
    """For rows: those that a client sent under a number of its own."""
    found = Q(invitation__sent_in__number=asked.code)
    return found if asked.system is None else found & Q(invitation__sent_in__system=asked.system)


def render(found: Sequence[Response], reader: Reader) -> list[Json]:
    """Each response with its answers."""
    loaded = _loaded(found)
    corrected = _corrected_among(found)
    where = encounters_of(row.invitation.appointment_id for row in loaded.values())
    made = []
    for row in found:
        full = loaded[row.pk]
        about = _about(full, row.pk in corrected, where.get(full.invitation.appointment_id, ""))
        resource = _resource(full, about, on=reader.on) | _number(full)
        version = 2 if about.status != "completed" else 1
        made.append(stamped(resource, row._stored, version))
    return made


def render_origins(found: Sequence[Response], reader: Reader) -> list[Json]:
    """How each response came to be: whose answers, on what, with whose help."""
    loaded = _loaded(found)
    tablets = _tablets(row.invitation_id for row in loaded.values())
    return [stamped(provenance_of(_made(loaded[row.pk], tablets)), row._stored) for row in found]


def _loaded(found: Iterable[Response]) -> dict[UUID, Response]:
    answers = Prefetch("answers", Answer.objects.order_by("id"))
    rows = (
        Response.objects.filter(pk__in=[row.pk for row in found])
        .select_related("invitation__patient", "invitation__sent_in")
        .prefetch_related(answers)
    )
    return {row.pk: row for row in rows}


def _corrected() -> QuerySet[Any]:
    return ResponseScore.objects.filter(corrects__isnull=False, is_withdrawn=False).values(
        "response"
    )


def _corrected_among(found: Iterable[Response]) -> set[UUID]:
    rows = _corrected().filter(response__in=[row.pk for row in found])
    return set(rows.values_list("response", flat=True))


def _about(row: Response, is_corrected: bool, encounter: str) -> About:
    status = "amended" if is_corrected else "completed"
    if row.invitation.withdrawn_at is not None:
        status = "entered-in-error"
    return About(
        response_id=str(row.pk),
        patient=patient(row.patient_id),
        authored_at=local(row.completed_at),
        status=status,
        encounter=encounter,
        source=patient(row.patient_id),
    )


def _number(row: Response) -> Json:
    """The number that its sender gave it."""
    sent = _sent_in(row)
    if sent is None or not sent.number or sent.number == sent.digest:
        return {}
    named = {"system": sent.system} if sent.system else {}
    return {"identifier": {**named, "value": sent.number}}


def _sent_in(row: Response) -> SentIn | None:
    return getattr(row.invitation, "sent_in", None)


def _resource(row: Response, about: About, *, on: date) -> Json:
    if library.is_form(row.content_id):
        return _of_form(row, about)
    language = row.invitation.language
    instrument = library.instrument_of(row.content_id, language)
    answers = list(row.answers.all())
    values = {one.item: one.value for one in answers if one.value is not None}
    written = {one.item: str(from_json(one.entered[0])) for one in answers if one.entered}
    return response_of(
        instrument, values | written, {}, about=about, on=on,
        declined=[one.item for one in answers if one.declined],
        score=score(instrument, values, {}),
    )  # fmt: skip


def _of_form(row: Response, about: About) -> Json:
    form = library.form_of(row.content_id)
    made = form_response_of(
        form, answers_of(row), response_id=about.response_id, subject=about.patient,
        authored=about.authored_at, told=told_in(row.invitation),
        language=best_of(row.invitation.language, form.languages) or form.language,
        declined=[one.item for one in row.answers.all() if one.declined],
    )  # fmt: skip
    encounter = {"encounter": {"reference": about.encounter}} if about.encounter else {}
    return made | {"status": about.status} | encounter


def answers_of(row: Response) -> FormAnswers:
    """The answers to a form as they were given, and how often each group was filled in."""
    form = library.form_of(row.content_id)
    return {
        one.item: tuple(from_json(each) for each in one.entered)
        for one in row.answers.all()
        if one.entered and form.by_id[place_of(one.item).link_id].calculated is None
    }


def _tablets(sittings: Iterable[UUID]) -> dict[UUID, str]:
    """The tablet on which each sitting ended, by name."""
    found = HandOver.objects.filter(invitation__in=list(sittings), tablet__isnull=False)
    rows = found.order_by("id").values_list("invitation_id", "tablet__name")
    return dict(rows)


def _made(row: Response, tablets: Mapping[UUID, str]) -> Made:
    invitation, sent = row.invitation, _sent_in(row)
    helped = invitation.who_helped
    return Made(
        response=str(row.pk),
        patient=patient(row.patient_id),
        targets=(f"QuestionnaireResponse/{row.pk}",),
        answered_at=local(row.completed_at),
        recorded_at=local(invitation.submitted_at or row.completed_at),
        questionnaire=canonical_of(row.content_id),
        device=sent.client if sent else tablets.get(row.invitation_id, ""),
        way=_WAYS.get(invitation.mode, "on a tablet"),
        helped_by=_HELPED.get(helped, helped),
        language=invitation.language,
    )
