"""Which services and sittings someone may open today, and which of them is shown."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import Http404

from imparts.access.queries import Asking, services_of
from imparts.access.roles import May
from imparts.informatics.clinics.models import ClinicSession
from imparts.organisations.models import Service
from imparts.workspace.choices import Choice


@dataclass(frozen=True, slots=True)
class ClinicsToday:
    """The sitting that is shown, and what else could be."""

    service: int
    session: ClinicSession | None
    part: str
    services: tuple[Choice, ...]
    sessions: tuple[Choice, ...]


def clinics_today(asking: Asking, *, service: str, part: str, now: datetime) -> ClinicsToday:
    """The service asked for, else the first with a clinic today; the sitting of this half-day.

    404 for a service at which the asker may not see the list.
    """
    allowed = asking.services_where(May.SEE_CLINIC_LIST)
    services = [each for each in services_of(asking) if each.pk in allowed]
    sittings: dict[int, list[ClinicSession]] = {}
    for sitting in ClinicSession.objects.filter(service_id__in=allowed, held_on=now.date()):
        sittings.setdefault(sitting.service_id, []).append(sitting)
    chosen = _chosen(service, services, sittings)
    of_service = sorted(sittings.get(chosen, []), key=lambda s: s.part != "morning")
    session = _sitting(of_service, part, now)
    return ClinicsToday(
        service=chosen,
        session=session,
        part=session.part if session else "",
        services=tuple(
            Choice(str(each), f"?{urlencode({'service': each.pk})}", each.pk == chosen)
            for each in services
        )
        if len(services) > 1
        else (),
        sessions=tuple(
            Choice(
                s.get_part_display(),
                f"?{urlencode({'service': chosen, 'part': s.part})}",
                s is session,
            )
            for s in of_service
        )
        if len(of_service) > 1
        else (),
    )


def _chosen(wanted: str, services: list[Service], sittings: dict[int, list[ClinicSession]]) -> int:
    if wanted:
        if wanted not in {str(each.pk) for each in services}:
            raise Http404
        return int(wanted)
    with_clinic = [each.pk for each in services if each.pk in sittings]
    return (with_clinic or [each.pk for each in services])[0]


def _sitting(of_service: list[ClinicSession], part: str, now: datetime) -> ClinicSession | None:
    wanted = part or ("morning" if now.hour < 13 else "afternoon")
    found = next((s for s in of_service if s.part == wanted), None)
    return found or (of_service[-1] if of_service else None)
