"""Services whose cover someone may see or arrange, and why a service is not covered today."""

from datetime import date

from django.http import Http404

from imparts.access.models import Staff
from imparts.access.queries import Asking, services_of, unreachable
from imparts.access.roles import May
from imparts.informatics.clinics.models import ClinicSession
from imparts.library import queries as library
from imparts.organisations.models import Service
from imparts.pathways.models import Duty
from imparts.pathways.queries import Cover, cover_on, who_could_hold, why_not_covered
from imparts.rules.packs.alerting import watched


def services_with_cover(asking: Asking) -> list[Service]:
    """Services whose cover someone may see."""
    allowed = asking.services_where(May.SEE_COVER)
    return [each for each in services_of(asking) if each.pk in allowed]


def service_for(asking: Asking, service_id: int, *, may: May) -> Service:
    """One service at which someone may do it; 404 otherwise."""
    if service_id not in asking.services_where(may):
        raise Http404
    return next(each for each in services_of(asking) if each.pk == service_id)


def covers_today(asking: Asking, *, on: date) -> list[tuple[Cover, str]]:
    """Who holds each duty today, with why that is not enough, or nothing."""
    return [
        (cover_on(service, on), why_not_covered(service, on, True) or "")
        for service in services_with_cover(asking)
    ]


def not_covered_today(service_id: int, *, on: date) -> str:
    """Why nobody can be asked at a service today, in a sentence; empty when somebody can."""
    service = Service.objects.get(pk=service_id)
    why = why_not_covered(service, on, True)
    return why if why and _asks_about_harm(service_id, on=on) else ""


def without_cover(asking: Asking, *, on: date) -> tuple[tuple[str, int], ...]:
    """The same for each service with a clinic today at which someone acts on alerts, with its id.

    With several services each sentence begins with which it is.
    """
    at = asking.services_where(May.ACT_ON_ALERTS)
    found = ClinicSession.objects.filter(service_id__in=at, held_on=on).values_list(
        "service_id", flat=True
    )
    whys = [(not_covered_today(pk, on=on), pk) for pk in sorted(set(found))]
    names = {each.pk: f"{each.name}: " for each in services_of(asking)} if len(at) > 1 else {}
    return tuple((f"{names.get(pk, '')}{why}", pk) for why, pk in whys if why)


def _asks_about_harm(service_id: int, *, on: date) -> bool:
    """Whether an answer to what the service asks today may call somebody."""
    try:
        _, pack = library.pack_in_force(service_id, on=on)
    except library.NothingInForce:
        return False
    asked = {key: version.pk for key, version in library.instruments_for(pack, on=on).items()}
    ours = {key: library.instrument_of(pk) for key, pk in asked.items() if not library.is_form(pk)}
    forms = {
        key: (library.form_of(pk), library.harm_rules_of(pk))
        for key, pk in asked.items()
        if library.is_form(pk)
    }
    return watched(ours, forms).calls_somebody


def people_of(service: Service, *, on: date) -> list[tuple[int, str]]:
    """Staff who could hold any duty, those who act on alerts first."""
    found: dict[int, Staff] = {}
    for duty in (Duty.OWNER, Duty.MANAGER):
        for staff in who_could_hold(duty, service, on=on):
            found.setdefault(staff.pk, staff)
    return [(pk, f"{staff.name}, {staff}") for pk, staff in found.items()]


def staff_called(staff_id: int | str) -> Staff | None:
    """One member of staff, by id."""
    return Staff.objects.filter(pk=staff_id, is_active=True).first()


def who_cannot_be_reached(cover: Cover) -> tuple[str, ...]:
    """Those who hold a duty and can be called on a screen only, each with the reason, once."""
    found = {held.staff.pk: held.staff for held in cover.all if held.staff}
    reasons = {staff.name: why for staff in found.values() if (why := unreachable(staff))}
    if len(set(reasons.values())) == 1 and len(reasons) > 1:
        return (f"{' and '.join(reasons)}: {next(iter(reasons.values()))}",)
    return tuple(f"{name}: {why}" for name, why in reasons.items())
