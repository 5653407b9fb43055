"""Finding patients, and who a page is about."""

from datetime import date, datetime
from uuid import UUID

from imparts.access.queries import Asking
from imparts.pathways.queries import AlertStory
from imparts.people.models import Patient
from imparts.people.pages import Banner
from imparts.people.queries import identifiers_of, patients_visible_to, search


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
