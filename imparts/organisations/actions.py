"""Opening, merging and closing organisations and services."""

from datetime import date

from django.db import transaction

from imparts.organisations.models import Organisation, PartOf, Service, Succession


def open_organisation(
    *,
    code: str,
    name: str,
    kind: str,
    nation: str,
    opened_on: date,
    code_system: str = "local",
    part_of: Organisation | None = None,
) -> Organisation:
    """Add an organisation, and what it is part of from the same day."""
    with transaction.atomic():
        made = Organisation(
            code=code,
            code_system=code_system,
            name=name,
            kind=kind,
            nation=nation,
            opened_on=opened_on,
        )
        made.full_clean()
        made.save()
        if part_of:
            PartOf.objects.create(organisation=made, parent=part_of, from_on=opened_on)
    return made


def merge_organisations(
    *, closing: list[Organisation], into: Organisation, on: date, because: str
) -> None:
    """Close organisations on a day and name their successor; nothing of theirs is rewritten."""
    with transaction.atomic():
        for old in closing:
            if old.pk == into.pk:
                raise ValueError("An organisation cannot be merged into itself.")
            Succession.objects.create(predecessor=old, successor=into, on=on, because=because)
            old.closed_on = on
            old.full_clean()
            old.save()


def open_service(
    *, organisation: Organisation, code: str, name: str, site: str = "", opened_on: date
) -> Service:
    """Add a service that an organisation runs from a day on."""
    made = Service(organisation=organisation, code=code, name=name, site=site, opened_on=opened_on)
    made.full_clean()
    made.save()
    return made
