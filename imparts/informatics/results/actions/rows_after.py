"""Rows that are never edited: one is followed by another, which counts in its place."""

from copy import copy
from datetime import datetime
from typing import TypeVar

from django.db import IntegrityError, transaction

from imparts.audit import actions as audit
from imparts.informatics.results.actions.not_stored import changed_since
from imparts.informatics.results.models import Diagnosis, PhysicalMeasure

Row = TypeVar("Row", PhysicalMeasure, Diagnosis)


def row_after(row: Row, *, by: str, at: datetime) -> Row:
    """The same again, to stand in its place; what differs is set before it is stored."""
    after = copy(row)
    after.pk, after._state.adding = None, True
    after.corrects, after.is_withdrawn = row, False
    after.by, after.at = by, at
    return after


def store_row(row: Row, *, did: str, what: str, code: str = "") -> Row:
    """Store a row and note it; refused when another already follows the same one."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            about = f"{what} {row.pk}, {code}" if code else f"{what} {row.pk}"
            audit.record(
                who=row.by, did=f"{did} {what}", patient=row.patient_id, about=about, at=row.at
            )
    except IntegrityError as twice:
        raise changed_since(what.split()[-1]) from twice
    return row
