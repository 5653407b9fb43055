"""Opening, merging and closing organisations and services."""

from datetime import date, datetime

from django.db import transaction

from imparts.audit import actions as audit
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
    *,
    organisation: Organisation,
    code: str,
    name: str,
    opened_on: date,
    by: str,
    at: datetime,
    site: str = "",
) -> Service:
    """Add a service that an organisation runs from a day on."""
    made = Service(organisation=organisation, code=code, name=name, site=site, opened_on=opened_on)
    made.full_clean()
    with transaction.atomic():
        made.save()
        audit.record(who=by, did="opened service", about=f"service {made.pk}", at=at)
    return made


def rename_service(*, service: Service, name: str, site: str, by: str, at: datetime) -> None:
    """Another name or site. Pages of the past show it too; the audit keeps what it was before.

    The code stays: it is what messages and other systems know the service by.
    """
    before = str(service)
    service.name, service.site = name, site
    service.full_clean()
    with transaction.atomic():
        service.save(update_fields=["name", "site"])
        audit.record(
            who=by, did="renamed service", about=f"service {service.pk}", why=f"was {before}", at=at
        )


def close_service(*, service: Service, on: date, by: str, at: datetime) -> None:
    """No clinic is held from this day on; what was answered before can still be read."""
    with transaction.atomic():
        service.closed_on = on
        service.save(update_fields=["closed_on"])
        audit.record(who=by, did="closed service", about=f"service {service.pk}", at=at)


def reopen_service(*, service: Service, by: str, at: datetime) -> None:
    """It was closed by mistake, or begins again."""
    with transaction.atomic():
        service.closed_on = None
        service.save(update_fields=["closed_on"])
        audit.record(who=by, did="reopened service", about=f"service {service.pk}", at=at)
