"""Merging (A40): two numbers found to be one person's. Nothing moves, and all of it can be undone.

The record that goes (MRG-1) is made where it is not known yet, so that whatever is said of its
number later, or late, reaches the person who remains, and so that an un-merge has two records.

Safety: hazard H2. A merge into itself, a circle, and a record that became another already are
refused. A merge that staff have taken back since it was said is not done again.
"""

from datetime import datetime

from imparts.gateway.hl7v2.adt import Admission
from imparts.gateway.inbound.actions.matching import find, is_test, own_numbers
from imparts.gateway.inbound.actions.patients import BY, About
from imparts.gateway.inbound.actions.refusals import SEGMENT_MISSING, Did, Refused
from imparts.gateway.inbound.models import FactAsOf, KnownSender
from imparts.people import actions as people
from imparts.people.models import Merge, Patient

_WHY = "said by the hospital record (A40)"


def merge(told: Admission, about: About, *, sender: KnownSender, at: datetime) -> Did:
    """Join the record of MRG-1 to that of PID-3, or to what that has become."""
    if not told.gone:
        raise Refused("There is no number that goes.", where="MRG-1", error=SEGMENT_MISSING)
    numbers = own_numbers(told.gone, sender=sender, where="MRG-1")
    if set(numbers) & set(own_numbers(told.person.numbers, sender=sender, where="PID-3")):
        raise Refused("A number cannot be merged into itself.", where="MRG-1")
    found = find(numbers, sender=sender, where="MRG-1")
    loser = found.patient if found else _made_to_go(about, numbers, sender=sender, at=at)
    survivor = about.person
    if loser.merged_into_id == survivor.pk:
        return {"did": "merged before", "patient": str(survivor.pk), "gone": str(loser.pk)}
    if loser.pk == survivor.pk:
        raise Refused(
            "The number that remains was merged into the one that goes: a circle.", where="MRG-1"
        )
    if _was_parted(loser, survivor, told):
        about.found.remarks.append("Staff parted these two after this was said; they stay apart.")
        return {"did": "left apart", "patient": str(survivor.pk), "gone": str(loser.pk)}
    try:
        people.merge(loser=loser, survivor=survivor, by=BY, at=at, why=_WHY)
    except people.MergeRefused as refused:
        raise Refused(str(refused), where="MRG-1") from refused
    return {"did": "merged", "patient": str(survivor.pk), "gone": str(loser.pk)}


def _made_to_go(
    about: About, numbers: tuple[str, ...], *, sender: KnownSender, at: datetime
) -> Patient:
    """A record for a number that nobody here has: named after the person who remains."""
    survivor = about.patient
    made = people.register_from_record(
        family_name=survivor.family_name, given_name=survivor.given_name,
        born_on=survivor.born_on, hospital_numbers=numbers, issued_by=sender.organisation, nhs=None,
        by=BY, at=at, is_test=is_test(sender), details={},
    )  # fmt: skip
    FactAsOf.objects.create(subject=FactAsOf.Subject.PATIENT, key=str(made.pk))
    return made


def _was_parted(loser: Patient, survivor: Patient, told: Admission) -> bool:
    last = Merge.objects.filter(loser=loser, survivor=survivor).order_by("-id").first()
    return last is not None and last.undone and last.at >= told.times.said_at
