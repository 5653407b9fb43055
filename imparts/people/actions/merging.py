"""Two records found to be one person's, or found not to be after all; nothing moves."""

from datetime import datetime

from django.db import transaction

from imparts.audit import actions as audit
from imparts.people.actions.versions import keep_versions
from imparts.people.models import Merge, Patient


class MergeRefused(Exception):
    """The merge would lose or loop something; the message says what."""


def merge(*, loser: Patient, survivor: Patient, by: str, at: datetime, why: str) -> None:
    """Say that two records are one person's. Nothing moves: queries read both as one.

    Because rows keep the patient they were written for, un-merging restores everything exactly.
    """
    with transaction.atomic():
        # Both locked in one order, so that A into B and B into A at once cannot make a circle.
        locked = {
            p.pk: p
            for p in Patient.objects.select_for_update()
            .filter(pk__in=[loser.pk, survivor.pk])
            .order_by("pk")
        }
        loser, survivor = locked[loser.pk], locked[survivor.pk]
        if loser.pk == survivor.pk:
            raise MergeRefused("A record cannot be merged into itself.")
        if loser.merged_into_id:
            raise MergeRefused("This record is already merged into another; un-merge it first.")
        if survivor.merged_into_id:
            raise MergeRefused(
                "The other record is itself merged away; merge into the one it became."
            )
        followers = Patient.objects.filter(merged_into=loser)
        moved = list(followers.values_list("pk", flat=True))
        followers.update(merged_into=survivor)
        loser.merged_into = survivor
        loser.save(update_fields=["merged_into"])
        Merge.objects.create(loser=loser, survivor=survivor, at=at, by=by, why=why)
        keep_versions([loser.pk, survivor.pk, *moved], by=by, at=at)
        for patient in (loser, survivor):
            audit.record(who=by, did="merged patients", patient=patient.pk, why=why, at=at)


def unmerge(*, loser: Patient, by: str, at: datetime, why: str) -> None:
    """Say that two records were not one person's after all."""
    with transaction.atomic():
        loser = Patient.objects.select_for_update().get(pk=loser.pk)
        if not loser.merged_into_id:
            raise MergeRefused("This record is not merged.")
        survivor = loser.merged_into
        # Records that had been merged into this one before go back with it.
        own = Merge.objects.filter(survivor=loser, undone=False).values_list("loser_id", flat=True)
        Patient.objects.filter(pk__in=list(own), merged_into=survivor).update(merged_into=loser)
        loser.merged_into = None
        loser.save(update_fields=["merged_into"])
        Merge.objects.create(loser=loser, survivor=survivor, undone=True, at=at, by=by, why=why)
        keep_versions([loser.pk, survivor.pk, *own], by=by, at=at)
        for patient in (loser, survivor):
            audit.record(who=by, did="un-merged patients", patient=patient.pk, why=why, at=at)
