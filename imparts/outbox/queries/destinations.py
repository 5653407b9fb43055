"""Where messages go: what the site's settings name, and what trust IT has set on top of it."""

from dataclasses import replace

from django.conf import settings

from imparts.outbox.destination import RECORD, RECORD_FHIR, Destination
from imparts.outbox.models import DestinationSettings


def destinations() -> tuple[Destination, ...]:
    """Every destination, as its last row says, by code.

    The hospital record is one even while no address is set: what is owed to it waits. Where the
    site's settings name an address, they are what counts; everything else may be set by trust IT.
    """
    rows = {row.code: row for row in last_settings()}
    named = {each.code: each for each in _of_the_site()}
    found = [_with_row(named[code], rows.get(code)) for code in named]
    found += [_of_row(row) for code, row in rows.items() if code not in named]
    return tuple(sorted(found, key=lambda each: each.code))


def destination(code: str) -> Destination | None:
    """One destination by its code."""
    return next((each for each in destinations() if each.code == code), None)


def last_settings() -> list[DestinationSettings]:
    """The row that counts for each code."""
    return list(DestinationSettings.objects.order_by("code", "-id").distinct("code"))


def _of_the_site() -> tuple[Destination, ...]:
    mllp, fhir = settings.IMPARTS_RECORD_MLLP, settings.IMPARTS_RECORD_FHIR
    record = Destination(RECORD, "Hospital record", "mllp", "oru", mllp)
    if not fhir:
        return (record,)
    return (record, Destination(RECORD_FHIR, "Hospital record by FHIR", "fhir", "fhir", fhir))


def _of_row(row: DestinationSettings) -> Destination:
    return Destination(
        code=row.code, name=row.name, way=row.way, sends=row.sends, address=row.address,
        services=frozenset(row.services), mapping=row.mapping, connections=row.connections,
        is_paused=row.is_paused, refusal_blocks_patient=row.refusal_blocks_patient,
        grown_from_messages=row.grown_from_messages, grown_from_minutes=row.grown_from_minutes,
    )  # fmt: skip


def _with_row(named: Destination, row: DestinationSettings | None) -> Destination:
    """What the site's settings name, as trust IT has set it."""
    if row is None:
        return named
    made = _of_row(row)
    return replace(made, way=named.way, address=named.address or made.address)
