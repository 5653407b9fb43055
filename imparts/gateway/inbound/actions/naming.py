"""Naming: what a sender's own codes mean here: its clinics, its measures, its name as an issuer."""

from datetime import datetime

from django.db import transaction

from imparts.audit import actions as audit
from imparts.gateway.inbound.actions.senders import SenderRefused
from imparts.gateway.inbound.models import MeasureCode, NumberIssuer, ServiceCode
from imparts.library import queries as library
from imparts.organisations.models import Organisation, Service

_CODE, _ISSUER = 60, 80


def name_service(
    *, organisation: Organisation, code: str, service: Service, by: str, at: datetime
) -> ServiceCode:
    """A code of a clinic in this organisation's messages means this service from now on."""
    if service.organisation_id != organisation.pk:
        raise SenderRefused(f"{service.code} is a service of another organisation.")
    code = _kept(code, _CODE, "The code of a clinic")
    with transaction.atomic():
        made, _ = ServiceCode.objects.update_or_create(
            organisation=organisation, code=code, defaults={"service": service}
        )
        about = f"service {service.pk}, code {made.pk} of organisation {organisation.pk}"
        audit.record(who=by, did="named a clinic of a sender", about=about, at=at)
    return made


def name_measure(
    *,
    organisation: Organisation,
    code: str,
    measure: str,
    by: str,
    at: datetime,
    is_second: bool = False,
) -> MeasureCode:
    """A code in this organisation's results means this measure of the body from now on."""
    known = library.physical_measures()
    if measure not in known:
        raise SenderRefused(f"There is no measure {measure}; there are: {', '.join(known)}.")
    code = _kept(code, _CODE, "The code of a measure")
    with transaction.atomic():
        made, _ = MeasureCode.objects.update_or_create(
            organisation=organisation,
            code=code,
            defaults={"measure": measure, "is_second": is_second},
        )
        about = f"measure {measure}, code {made.pk} of organisation {organisation.pk}"
        audit.record(who=by, did="named a measure of a sender", about=about, at=at)
    return made


def name_issuer(*, organisation: Organisation, name: str, by: str, at: datetime) -> NumberIssuer:
    """By this name (PID-3.4) the organisation is meant as the issuer of a hospital number."""
    name = _kept(name, _ISSUER, "The name of an issuer")
    with transaction.atomic():
        made, is_new = NumberIssuer.objects.get_or_create(organisation=organisation, name=name)
        if is_new:
            about = f"issuer {made.pk} of organisation {organisation.pk}"
            audit.record(who=by, did="named an issuer of hospital numbers", about=about, at=at)
    return made


def _kept(text: str, longest: int, what: str) -> str:
    kept = text.strip()
    if not kept or len(kept) > longest:
        raise SenderRefused(f"{what} has 1 to {longest} characters.")
    return kept
