"""Organization, HealthcareService, Practitioner, PractitionerRole: who provides care, and where."""

from django.db.models import Q

from imparts.gateway.fhir.organization import ORGANIZATION_PROFILE, SERVICE_PROFILE
from imparts.gateway.fhir.practitioner import PROFILE, ROLE_PROFILE
from imparts.gateway.fhir_server.finders import holds, yes_or_no
from imparts.gateway.fhir_server.parameters import Code, Date, Text, Token, to_number
from imparts.gateway.fhir_server.queries import places
from imparts.gateway.fhir_server.registry import Kind, Reader, number_or_nothing, register


def _open_on(asked: Code, reader: Reader) -> Q:
    is_open = Q(closed_on__isnull=True) | Q(closed_on__gt=reader.on)
    return yes_or_no(is_open)(asked, reader)


def _active_role(asked: Code, reader: Reader) -> Q:
    held = Q(from_on__lte=reader.on) & (Q(until_on__isnull=True) | Q(until_on__gte=reader.on))
    return yes_or_no(held & Q(staff__is_active=True))(asked, reader)


register(
    Kind(
        type="Organization",
        rows=places.organisations,
        render=places.render_organisations,
        ids=number_or_nothing,
        sort={"name": "name"},
        search={
            "identifier": Token(finds=places.organisation_called),
            "name": Text(paths=("name",), example="fernhollow"),
            "active": Token(finds=_open_on, example="true"),
        },
        profiles=(ORGANIZATION_PROFILE,),
        documentation="Trusts, boards, practices and other organisations. When one was changed is "
        "not kept, so there is no _lastUpdated and no history.",
    )
)
register(
    Kind(
        type="HealthcareService",
        rows=places.services,
        render=places.render_services,
        ids=number_or_nothing,
        sort={"name": "name"},
        search={
            "identifier": Token(finds=places.service_called),
            "name": Text(paths=("name",), example="rheumatology"),
            "active": Token(finds=_open_on, example="true"),
            "organization": to_number("Organization", "organisation_id", "providedBy"),
        },
        profiles=(SERVICE_PROFILE,),
        documentation="The clinical services that organisations run.",
    )
)
register(
    Kind(
        type="Practitioner",
        rows=places.staff,
        render=places.render_staff,
        ids=number_or_nothing,
        sort={"family": "last_name", "given": "first_name"},
        search={
            "name": Text(paths=("first_name", "last_name"), example="robin"),
            "family": Text(paths=("last_name",), example="example"),
            "given": Text(paths=("first_name",), example="robin"),
            "active": Token(finds=yes_or_no(Q(is_active=True)), example="true"),
        },
        profiles=(PROFILE,),
        documentation="Staff at the services of whoever asks. How to reach them is not told.",
    )
)
register(
    Kind(
        type="PractitionerRole",
        rows=places.roles,
        render=places.render_roles,
        ids=number_or_nothing,
        sort={"date": "from_on"},
        search={
            "practitioner": to_number("Practitioner", "staff_id", "practitioner"),
            "service": to_number("HealthcareService", "service_id", "healthcareService"),
            "organization": to_number("Organization", "service__organisation_id", "organization"),
            "role": Token(finds=holds("role"), example="nurse"),
            "active": Token(finds=_active_role, example="true"),
            "date": Date(path="from_on", until="until_on", of="day", example="ge2026"),
        },
        profiles=(ROLE_PROFILE,),
        documentation="Roles that staff hold or held at the services of whoever asks.",
    )
)
