"""Whose answers they may be: who was expected at the clinic on the day of a sitting."""

from datetime import date
from uuid import UUID

from imparts.design.dates import clock, local
from imparts.informatics.clinics.models import Appointment
from imparts.informatics.clinics.queries import expected_at
from imparts.informatics.questionnaires.models import Invitation, WithdrawnSitting
from imparts.people.pages import Banner
from imparts.people.queries import identifiers_of, record_ids
from imparts.workspace.right_person import Candidate


def candidates(invitation: Invitation, *, looked_for: str = "") -> tuple[Candidate, ...]:
    """Everybody of that day's clinic but the patient, by time; by name or number when looked for.

    The caller has let the asker through to the service.
    """
    day = _day_of(invitation)
    own = set(record_ids(invitation.patient.merged_into or invitation.patient))
    rows = [
        row
        for row in expected_at(invitation.service_id, day=day).select_related("patient")
        if row.patient_id not in own and row.patient.merged_into_id not in own
    ]
    numbers = identifiers_of([row.patient for row in rows])
    found = (
        Candidate(
            row.pk,
            Banner.of(row.patient, numbers.get(row.patient_id, []), on=day),
            f"Expected {clock(row.at)}",
        )
        for row in rows
    )
    return tuple(one for one in found if _is_meant(one, looked_for))


def appointment_chosen(invitation: Invitation, chosen: str) -> Appointment | None:
    """The appointment of somebody of that day's clinic; none where it is nobody's."""
    try:
        pk = UUID(chosen)
    except ValueError:
        return None
    expected = expected_at(invitation.service_id, day=_day_of(invitation))
    return expected.filter(pk=pk).select_related("patient", "session").first()


def candidate_chosen(invitation: Invitation, chosen: str) -> Candidate | None:
    """The same somebody, as the list showed them."""
    return next((one for one in candidates(invitation) if str(one.appointment) == chosen), None)


def withdrawal_of(invitation: Invitation) -> WithdrawnSitting | None:
    """How a sitting was withdrawn, and whether it has been filed again."""
    return WithdrawnSitting.objects.filter(invitation=invitation).select_related("refiling").first()


def is_filed_again(withdrawal: WithdrawnSitting) -> bool:
    """Whether the answers stand under somebody else by now."""
    return hasattr(withdrawal, "refiling")


def _day_of(invitation: Invitation) -> date:
    return local(invitation.submitted_at or invitation.created_at).date()


def _is_meant(one: Candidate, looked_for: str) -> bool:
    said = looked_for.casefold().replace(",", " ").split()
    who = one.banner
    numbers = " ".join(number.value.replace(" ", "") for number in who.numbers)
    known = f"{who.family_name} {who.given_name} {numbers}".casefold()
    return all(part in known for part in said)
