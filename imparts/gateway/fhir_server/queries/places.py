"""Organisations, services and staff for the FHIR server: nobody's care, so not hidden by patient.

Staff are those who hold or held a role at a service of whoever asks, without how to reach them.
"""

import hashlib
import json
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from imparts.access.models import Membership, Staff
from imparts.access.roles import ROLES
from imparts.gateway.fhir.organization import (
    OrganizationFacts,
    ServiceFacts,
    healthcare_service_of,
    organisation_system,
    organization_of,
    service_system,
)
from imparts.gateway.fhir.practitioner import (
    PractitionerFacts,
    RoleFacts,
    practitioner_of,
    practitioner_role_of,
)
from imparts.gateway.fhir_server.parameters import NOBODY, Code
from imparts.gateway.fhir_server.registry import Json, Reader
from imparts.organisations.models import Organisation, PartOf, Service


def organisations(reader: Reader) -> QuerySet[Organisation]:
    """Every organisation."""
    parents = PartOf.objects.filter(organisation=OuterRef("pk"), from_on__lte=reader.on).filter(
        Q(until_on__isnull=True) | Q(until_on__gte=reader.on)
    )
    return Organisation.objects.annotate(_part_of=Subquery(parents.values("parent_id")[:1]))


def services(reader: Reader) -> QuerySet[Service]:
    """Every service."""
    return Service.objects.select_related("organisation")


def staff(reader: Reader) -> QuerySet[Staff]:
    """Staff with a role, now or earlier, at a service of whoever asks."""
    held = Membership.objects.filter(
        staff=OuterRef("pk"), service_id__in=list(reader.asking.services)
    )
    return Staff.objects.filter(Exists(held))


def roles(reader: Reader) -> QuerySet[Membership]:
    """Roles at the services of whoever asks."""
    return Membership.objects.filter(
        service_id__in=list(reader.asking.services), role__in=list(ROLES)
    ).select_related("service", "staff")


def render_organisations(found: Sequence[Organisation], reader: Reader) -> list[Json]:
    """Organisations as resources."""
    return [
        told(
            organization_of(
                OrganizationFacts(
                    id=str(each.pk), code=each.code, code_system=each.code_system, name=each.name,
                    kind=each.kind, kind_words=each.get_kind_display(),
                    is_open=each.closed_on is None or each.closed_on > reader.on,
                    part_of=str(each._part_of or ""),
                )
            )
        )
        for each in found
    ]  # fmt: skip


def render_services(found: Sequence[Service], reader: Reader) -> list[Json]:
    """Services as resources."""
    return [
        told(
            healthcare_service_of(
                ServiceFacts(
                    id=str(each.pk), code=each.code, name=each.name, site=each.site,
                    organisation=str(each.organisation_id),
                    organisation_code=each.organisation.code,
                    is_open=not each.is_closed(on=reader.on),
                )
            )
        )
        for each in found
    ]  # fmt: skip


def render_staff(found: Sequence[Staff], reader: Reader) -> list[Json]:
    """Staff as resources."""
    return [
        told(
            practitioner_of(
                PractitionerFacts(
                    id=str(each.pk), name=each.get_full_name() or str(each),
                    family_name=each.last_name, given_name=each.first_name,
                    job_title=each.job_title, is_active=each.is_active,
                )
            )
        )
        for each in found
    ]  # fmt: skip


def render_roles(found: Sequence[Membership], reader: Reader) -> list[Json]:
    """Roles as resources."""
    return [
        told(
            practitioner_role_of(
                RoleFacts(
                    id=str(each.pk), practitioner=str(each.staff_id), service=str(each.service_id),
                    organisation=str(each.service.organisation_id), role=each.role,
                    role_words=ROLES[each.role].name, from_on=each.from_on,
                    until_on=each.until_on,
                    is_active=each.staff.is_active and each.from_on <= reader.on
                    and (each.until_on is None or each.until_on >= reader.on),
                )
            )
        )
        for each in found
    ]  # fmt: skip


def told(resource: Json) -> Json:
    """A resource whose version is what it says, because nobody keeps when it was changed."""
    written = json.dumps(resource, sort_keys=True).encode()
    version = hashlib.sha256(written).hexdigest()[:16]
    return resource | {"meta": {"versionId": version} | resource.get("meta", {})}


def organisation_called(asked: Code, reader: Reader) -> Q:
    """For rows of Organisation: those known by a code."""
    if asked.system is None:
        return _coded(asked)
    known = Organisation.objects.values_list("code_system", flat=True).distinct()
    return _coded(asked) & Q(
        code_system__in=[each for each in known if organisation_system(each) == asked.system]
    )


def service_called(asked: Code, reader: Reader) -> Q:
    """For rows of Service: those known by a code."""
    if asked.system is None:
        return _coded(asked)
    prefix = service_system("")
    if not asked.system.startswith(prefix):
        return NOBODY
    return _coded(asked) & Q(organisation__code=asked.system.removeprefix(prefix))


def _coded(asked: Code) -> Q:
    """With a code, or with any where only a system was asked for."""
    if asked.code:
        return Q(code=asked.code)
    return NOBODY if asked.system is None else Q()
