"""The answers of one visit as FHIR: every response, and what each of them came to."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.http import Http404

from imparts.design.dates import local
from imparts.gateway.fhir.about import About
from imparts.gateway.fhir.addresses import Addresses
from imparts.gateway.fhir.observation import observations_of
from imparts.gateway.fhir.response import response_of
from imparts.informatics.questionnaires.models import Invitation, Response
from imparts.informatics.questionnaires.queries.days import responses_of
from imparts.informatics.questionnaires.queries.sittings import told_in
from imparts.library import queries as library
from imparts.rules.forms.paths import place_of
from imparts.rules.forms.values import FormAnswers, from_json
from imparts.rules.scoring.score import score
from imparts.rules.wording.languages import best_of

Json = dict[str, Any]


def bundle_of(invitation: Invitation, *, at: datetime) -> Json:
    """Everything that was sent at one visit, as one Bundle; 404 before it was sent."""
    if not invitation.submitted_at:
        raise Http404
    resources = [
        resource
        for response in responses_of(invitation)
        for resource in _resources(invitation, response, on=local(at).date())
    ]
    base = Addresses().base
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": at.isoformat(timespec="seconds"),
        "entry": [
            {"fullUrl": f"{base}/{one['resourceType']}/{one['id']}", "resource": one}
            for one in resources
        ],
    }


def answers_of(response: Response) -> FormAnswers:
    """The answers to a form as they were given, and how often each group was filled in."""
    form = library.form_of(response.content_id)
    return {
        row.item: tuple(from_json(one) for one in row.entered)
        for row in response.answers.all()
        if row.entered and form.by_id[place_of(row.item).link_id].calculated is None
    }


def _resources(invitation: Invitation, response: Response, *, on: date) -> Iterator[Json]:
    about = About(
        response_id=str(response.pk),
        patient=f"Patient/{response.patient_id}",
        authored_at=local(response.completed_at),
    )
    if library.is_form(response.content_id):
        yield from _of_form(invitation, response, about)
        return
    yield from _of_instrument(invitation, response, about, on=on)


def _of_instrument(
    invitation: Invitation, response: Response, about: About, *, on: date
) -> Iterator[Json]:
    instrument = library.instrument_of(response.content_id, invitation.language)
    rows = list(response.answers.all())
    values = {row.item: row.value for row in rows if row.value is not None}
    written = {row.item: str(from_json(row.entered[0])) for row in rows if row.entered}
    declined = [row.item for row in rows if row.declined]
    found = score(instrument, values, {})
    yield response_of(
        instrument, values | written, {}, about=about, on=on, declined=declined, score=found
    )
    yield from observations_of(instrument, found, about=about, declined=declined)


def _of_form(invitation: Invitation, response: Response, about: About) -> Iterator[Json]:
    from imparts.gateway.fhir.form_numbers import form_observations
    from imparts.rules.forms.response import response_of as form_response_of
    from imparts.rules.forms.result import result_of

    form, told = library.form_of(response.content_id), told_in(invitation)
    answers = answers_of(response)
    yield form_response_of(
        form, answers, response_id=about.response_id, subject=about.patient,
        authored=about.authored_at, told=told,
        language=best_of(invitation.language, form.languages) or form.language,
        declined=[row.item for row in response.answers.all() if row.declined],
    )  # fmt: skip
    yield from form_observations(form, result_of(form, answers, told), about=about)
