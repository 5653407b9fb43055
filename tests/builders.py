"""Builders: a_patient(), a_service(), staff_with(role), a_sitting(); everyone here is invented."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from uuid import uuid4

# Read before any test stops the clock: what is imported while it stands still takes its days for
# others than ours, for as long as the tests run.
import imparts.rules.forms.reader
import imparts.rules.forms.typed_in  # noqa: F401 # read for its own sake
from imparts.access.actions import give_role, invite
from imparts.access.models import Staff, Tablet
from imparts.access.queries import Asking, asking
from imparts.informatics.clinics import actions as clinics
from imparts.informatics.clinics.models import Appointment
from imparts.informatics.questionnaires.actions import answering, hand_overs, sending
from imparts.informatics.questionnaires.models import HandOver, Invitation
from imparts.informatics.questionnaires.queries.sittings import Sitting, sitting_for
from imparts.library import actions as library
from imparts.library.models import ContentVersion
from imparts.organisations.actions import open_organisation, open_service
from imparts.organisations.models import Organisation, Service
from imparts.pathways import actions as pathways
from imparts.pathways.queries import why_not_covered
from imparts.people import actions as people
from imparts.people.models import Patient

NOON = datetime(2026, 11, 17, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 17)
_numbers = count(1)

ALL_ZERO = {"phq9": [0] * 9, "gad7": [0] * 7, "smoking_core": [0]}


def an_organisation(name: str = "Fernhollow Hospitals", nation: str = "england") -> Organisation:
    """An invented trust, open since 2000."""
    return open_organisation(
        code=f"X{next(_numbers):03}", name=name, kind="trust", nation=nation,
        opened_on=date(2000, 1, 1),
    )  # fmt: skip


def a_service(
    name: str = "Rheumatology",
    *,
    organisation: Organisation | None = None,
    with_content: bool = True,
) -> Service:
    """A service, with the rheumatology pack and every pathway in force unless told otherwise."""
    made = open_service(
        organisation=organisation or an_organisation(), code=f"service-{next(_numbers)}",
        name=name, site="Fernhollow Hospital", opened_on=date(2010, 1, 1), by="test", at=NOON,
    )  # fmt: skip
    if with_content:
        put_content_in_force(made)
    return made


def put_content_in_force(service: Service, pack: str = "rheumatology_outpatient") -> None:
    """Load the shipped content once, and put a pack and the pathways in force."""
    if not ContentVersion.objects.exists():
        library.load_shipped(at=NOON)
    contents = list(ContentVersion.objects.filter(kind="pathway"))
    contents.append(ContentVersion.objects.get(kind="pack", key=pack))
    for content in contents:
        library.put_in_force(
            service=service, content=content, from_on=date(2020, 1, 1), by="test",
            at=datetime(2020, 1, 1, 12, tzinfo=UTC),
        )  # fmt: skip


def a_patient(
    given_name: str = "Amara", family_name: str = "Thimblewick", born_on: date = date(1961, 3, 14)
) -> Patient:
    """An invented patient."""
    return people.register(
        family_name=family_name, given_name=given_name, born_on=born_on, by="test", at=NOON
    )


def staff_with(role: str, service: Service, *, username: str = "", pin: str = "") -> Staff:
    """Someone who holds one role at one service."""
    made = invite(
        username=username or f"{role}.{next(_numbers)}", name="Robin Example",
        job_title=role.capitalize(), by="test", at=NOON, pin=pin,
    )  # fmt: skip
    give_role(staff=made, service=service, role=role, from_on=date(2020, 1, 1), by="test", at=NOON)
    return made


def who(staff: Staff) -> Asking:
    """Who is asking, as a page would make it."""
    return asking(staff, on=TODAY)


def a_tablet(service: Service) -> Tablet:
    """A clinic tablet of a service."""
    return Tablet.objects.create(
        service=service, name="Tablet 4", username=f"tablet.{next(_numbers)}"
    )


def cover(service: Service, *, on: date = TODAY) -> None:
    """Somebody owns the service's alerts on a day, somebody else is deputy; both have accepted."""
    if why_not_covered(service, on, pack_asks_about_harm=True) is None:
        return
    at = datetime.combine(on, time(0, 1), tzinfo=UTC)
    for duty, role in (("owner", "nurse"), ("deputy", "consultant")):
        username = f"{duty}.of.{service.code}"
        holder = Staff.objects.filter(username=username).first()
        if holder is None:
            holder = staff_with(role, service, username=username)
            pathways.set_standing_cover(
                service=service, duty=duty, staff=holder, from_on=date(2020, 1, 1), by="test", at=at
            )
        pathways.accept_cover(service=service, on=on, duty=duty, by=holder, at=at)


def an_appointment(
    service: Service,
    patient: Patient | None = None,
    *,
    at: datetime = NOON,
    is_covered: bool = True,
) -> Appointment:
    """A booked appointment at a morning clinic whose alerts are covered that day, unless told."""
    if is_covered:
        cover(service, on=at.date())
    session = clinics.open_session(service=service, held_on=at.date(), part="morning")
    return clinics.book(
        session=session, patient=patient or a_patient(), appointment_at=at, by="test",
        at=at - timedelta(days=7),
    )  # fmt: skip


def a_hand_over(
    appointment: Appointment, *, tablet: Tablet | None = None, at: datetime = NOON
) -> HandOver:
    """A tablet in the patient's hands, with their identity confirmed."""
    made, _ = hand_overs.hand_over(appointment=appointment, tablet=tablet, by="test", at=at)
    hand_overs.confirm_identity(hand_over=made, at=at)
    return made


def sitting(hand_over: HandOver, *, at: datetime = NOON) -> Sitting:
    """The sitting as the pages see it now."""
    found = sitting_for(hand_over.secret_hash, at=at)
    assert found is not None
    return found


def answer(
    hand_over: HandOver, instrument: str, item: str, value: int | None, *, at: datetime = NOON
) -> None:
    """Give one answer; None is "I would rather not answer"."""
    answering.save_answer(
        sitting=sitting(hand_over, at=at),
        instrument_id=instrument,
        item_id=item,
        value=value,
        at=at,
    )


def answer_everything(
    hand_over: HandOver,
    *,
    at: datetime = NOON,
    **given: dict[str, int | None],
) -> None:
    """Answer every question that is asked: by `given` ({"phq9": {"q9": 1}}), else 0."""
    now = sitting(hand_over, at=at)
    for _ in range(200):
        question = now.first_unanswered
        if question is None:
            return
        asked, item = question.instrument, question.item
        value = given.get(asked, {}).get(item.id, item.lowest)
        answering.save_answer(sitting=now, instrument_id=asked, item_id=item.id, value=value, at=at)
        now = replace(now)  # the same sitting, which has not looked at its answers yet
    raise AssertionError("the questions never end")


def a_sent_sitting(
    service: Service,
    patient: Patient | None = None,
    *,
    at: datetime = NOON,
    **given: dict[str, int | None],
) -> Invitation:
    """A sitting answered and sent."""
    hand_over = a_hand_over(an_appointment(service, patient, at=at), at=at)
    answer_everything(hand_over, at=at, **given)
    assert sending.submit(hand_over=hand_over, submission_id=uuid4(), at=at)
    return Invitation.objects.get(pk=hand_over.invitation_id)
