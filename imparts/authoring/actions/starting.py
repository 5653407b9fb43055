"""Starting: from which day services use a pack or a pathway, and taking that back in time."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from imparts.authoring.queries.pathway_drafts import made_for
from imparts.authoring.queries.starting import in_force_without
from imparts.library import actions as library
from imparts.library.models import ContentVersion, InForce
from imparts.organisations.models import Service


def start_at(
    *, services: Iterable[Service], content: ContentVersion, from_on: date, by: str, at: datetime
) -> list[InForce]:
    """From a day on these services use this version: all of them, or none.

    A pathway that one service has changed goes live by the signatures of that service alone.
    """
    if (made := made_for(content.pk)) is not None:
        raise library.NotReady(
            f"This pathway was changed for {made}, and goes live there by its signatures. "
            "Another service changes its own pathway, on Pathways."
        )
    with transaction.atomic():
        return [
            library.put_in_force(service=service, content=content, from_on=from_on, by=by, at=at)
            for service in services
        ]


def take_back(*, row: InForce, on: date, by: str, at: datetime) -> InForce:
    """Before its day comes, what was in force goes on: a later row says so, nothing is deleted."""
    if row.from_on <= on:
        raise library.NotReady(
            "This has begun. To change what is asked, start another version from a later day."
        )
    before = in_force_without(row)
    if before is None:
        raise library.NotReady(
            "Nothing was in force before it, so there is nothing to go back to. "
            "Start another version from the same day instead."
        )
    return library.put_in_force(
        service=row.service, content=before, from_on=row.from_on, by=by, at=at
    )
