"""Content in force: each clinic's pack and every pathway, put in force before its first visit."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import TYPE_CHECKING

from imparts.demo.past.desks import Desk
from imparts.demo.past.visits import Calendar
from imparts.demo.places.specialties import HOSPITAL_PREFIXES, Clinic
from imparts.library import actions, queries

if TYPE_CHECKING:
    from imparts.organisations.models import Service


def put_in_force(
    clinics: tuple[Clinic, ...], services: "Mapping[str, Service]", *, from_on: date, by: str,
    at: datetime,
) -> None:  # fmt: skip
    """Load what is shipped, and put each clinic's pack and the pathways in force."""
    actions.load_shipped(at=at)
    packs = queries.newest_versions("pack")
    pathways = queries.newest_versions("pathway")
    for clinic in clinics:
        for content in (packs[clinic.pack], *pathways.values()):
            actions.put_in_force(
                service=services[clinic.code], content=content, from_on=from_on, by=by,
                at=_noon(from_on, at),
            )  # fmt: skip


def change_one_pack(
    services: "Mapping[str, Service]", *, from_on: date, by: str, at: datetime
) -> None:
    """Dermatology asks about alcohol once a year only, in a version of its own, from a day on."""
    shipped = queries.newest_versions("pack")["dermatology_outpatient"]
    own = shipped.body.replace("every_days = 182", "every_days = 365").replace(
        f'version = "{shipped.version}"', f'version = "{shipped.version} local 1"'
    )
    made = actions.load_file(kind="pack", text=own, at=at, is_shipped=False)
    if made:
        actions.put_in_force(
            service=services["dermatology"], content=made, from_on=from_on, by=by,
            at=_noon(from_on, at),
        )  # fmt: skip


def _noon(of: date, at: datetime) -> datetime:
    """Nothing comes into force before it was said to: the invented past says it on its own day."""
    return datetime.combine(of, time(12), tzinfo=at.tzinfo)


def desk_of(
    clinic: Clinic, service: "Service", *, tablets: tuple[int, ...], calendar: Calendar
) -> Desk:
    """What the past must know of one clinic, with the change of its pack if there was one."""
    first = _desk_on(clinic, service, tablets, day=calendar.first)
    last = _desk_on(clinic, service, tablets, day=calendar.last)
    if first.pack_id == last.pack_id:
        return first
    changed_on = next(
        day
        for day in (calendar.first + timedelta(days=n) for n in count())
        if queries.pack_in_force(service.pk, on=day)[0].pk == last.pack_id
    )
    return replace(first, later=(changed_on, last))


def _desk_on(clinic: Clinic, service: "Service", tablets: tuple[int, ...], *, day: date) -> Desk:
    content, pack = queries.pack_in_force(service.pk, on=day)
    texts_id, texts = queries.patient_texts_for(service.organisation.nation, on=day)
    offered = queries.instruments_for(pack, on=day)
    contents = {key: version.pk for key, version in offered.items()}
    return Desk(
        service_id=service.pk,
        organisation_id=service.organisation_id,
        hospital_prefix=HOSPITAL_PREFIXES[clinic.specialty.trust],
        specialty=clinic.specialty.code,
        suffix=clinic.suffix,
        pack=pack,
        pack_id=content.pk,
        texts_id=texts_id,
        told=texts.calm.told,
        told_after_declining=texts.declined.told,
        instruments={key: queries.instrument_of(pk) for key, pk in contents.items()},
        contents=contents,
        pathways=queries.pathways_in_force(service.pk, on=day),
        tablets=tablets,
    )
