"""Finding patients, and what one patient's page shows."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from imparts.access.queries import Asking
from imparts.access.roles import May
from imparts.design.dates import local
from imparts.informatics.questionnaires.queries.days import sittings_of
from imparts.informatics.results.queries import scores_of
from imparts.library import queries as library
from imparts.pathways import queries as pathways
from imparts.pathways.queries import AlertStory
from imparts.people.models import Patient
from imparts.people.pages import Banner
from imparts.people.queries import identifiers_of, patients_visible_to, search
from imparts.workspace.queries.measures import measured_in
from imparts.workspace.visits import Measured


@dataclass(frozen=True, slots=True)
class PastSitting:
    """One sitting of a patient."""

    sitting: UUID
    service: str
    on: datetime
    is_sent: bool
    number_answered: int
    measures: tuple[Measured, ...]
    open_alerts: tuple[AlertStory, ...]


def found(asking: Asking, text: str, *, on: date) -> list[tuple[UUID, Banner]]:
    """Visible patients by name, birth date or number."""
    born = _as_day(text)
    if born:
        visible = patients_visible_to(asking, on=on).filter(born_on=born)
        people = list(visible.order_by("family_name", "given_name")[:50])
    else:
        people = search(asking, text, on=on)
    numbers = identifiers_of(people)
    return [(p.pk, Banner.of(p, numbers.get(p.pk, []), on=on)) for p in people]


def _as_day(text: str) -> date | None:
    """A birth date as people write it; None for anything else."""
    for shape in (
        "%d/%m/%Y",
        "%d.%m.%Y",
        "%d-%m-%Y",
        "%Y-%m-%d",
        "%d-%b-%Y",
        "%d %b %Y",
        "%d %B %Y",
    ):
        try:
            return datetime.strptime(text.strip(), shape).date()
        except ValueError:
            continue
    return None


def banner_of(patient: Patient, *, on: date) -> Banner:
    """Who a page is about."""
    return Banner.of(patient, identifiers_of([patient]).get(patient.pk, []), on=on)


def person_of(story: AlertStory) -> Patient:
    """The person whom an alert is about; the surviving one of merged records."""
    return story.alert.patient.merged_into or story.alert.patient


def past_sittings(asking: Asking, patient: Patient) -> list[PastSitting]:
    """A patient's sittings at the asker's services, newest first."""
    rows = list(sittings_of(asking, patient)[:50])
    scores = scores_of([row.pk for row in rows])
    may_act = asking.services_where(May.ACT_ON_ALERTS)
    alerts = pathways.alerts_about([row.pk for row in rows])
    return [
        PastSitting(
            sitting=row.pk,
            service=row.service.name,
            on=local(row.submitted_at or row.created_at),
            is_sent=row.submitted_at is not None,
            number_answered=row.number_answered,
            measures=tuple(
                m
                for key, m in sorted(
                    measured_in(scores.get(row.pk, {}), {}, patient.pk).items(),
                    key=lambda pair: pair[1].name,
                )
                if m.score is not None
                and library.instrument_of(scores[row.pk][key].content_id).leads_gist
            ),
            open_alerts=tuple(
                s
                for s in alerts.get(row.pk, [])
                if not s.is_closed and s.alert.service_id in may_act
            ),
        )
        for row in rows
    ]
