"""What the same person answered to the same item the time before, for an alert's page."""

from datetime import datetime

from imparts.access.queries import Asking
from imparts.access.roles import May
from imparts.design.dates import local
from imparts.informatics.questionnaires.models import Answer
from imparts.library import queries as library
from imparts.pathways.queries import AlertStory
from imparts.people.queries import record_ids
from imparts.workspace.queries.forms import form_answer
from imparts.workspace.sitting_facts import AnswerShown


def answer_before(asking: Asking, story: AlertStory) -> tuple[str, str] | None:
    """When and what: ("in June", "not at all"); None when it was not asked here before."""
    alert = story.alert
    person = alert.patient.merged_into or alert.patient
    before = (
        Answer.objects.filter(
            item=alert.item,
            response__patient_id__in=record_ids(person),
            response__instrument=alert.instrument,
            response__completed_at__lt=alert.raised_at,
            response__service_id__in=asking.services_where(May.SEE_RESULTS),
            response__invitation__withdrawn_at__isnull=True,
        )
        .exclude(response__invitation_id=alert.about)
        .select_related("response")
        .order_by("-response__completed_at")
        .first()
    )
    if before is None:
        return None
    return _when(before.response.completed_at, alert.raised_at), _words(before).lower()


def _words(answer: Answer) -> str:
    content_id = answer.response.content_id
    if library.is_form(content_id):
        return form_answer(library.form_of(content_id), answer).words
    item = library.instrument_of(content_id).by_id[answer.item]
    return AnswerShown(item, answer.value, answer.declined).words


def _when(before: datetime, on: datetime) -> str:
    return library.gist_words().when(local(before).date(), local(on).date())
