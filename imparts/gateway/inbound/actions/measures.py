"""Measures and diagnoses of the record: stored beside the mood measures, corrected, taken back.

A measure is known by a published code of its file, or by a code that the site has named for this
sender; others are passed over, and counted. Its unit must be the one of its file, as written: a
number in another unit, or in none, refuses the whole message. Nothing is converted or guessed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from imparts.design.dates import local
from imparts.gateway.hl7v2.diagnoses import DiagnosisSaid, key_of
from imparts.gateway.hl7v2.oru_in import Observation, Results
from imparts.gateway.inbound.actions.as_of import keep_newest, newest_of, written
from imparts.gateway.inbound.actions.patients import BY, About
from imparts.gateway.inbound.actions.refusals import (
    FIELD_MISSING,
    NOT_IN_TABLE,
    NOT_KNOWN_HERE,
    Did,
    Refused,
)
from imparts.gateway.inbound.models import FactAsOf, KnownSender, MeasureCode
from imparts.gateway.inbound.queries.senders import service_meant
from imparts.informatics.results import actions as results
from imparts.informatics.results.models import Diagnosis, PhysicalMeasure
from imparts.library import queries as library
from imparts.organisations.models import Service
from imparts.people.models import CareRelationship
from imparts.people.queries import record_ids

_STANDS, _TAKEN_BACK = ("F", "C", "P", "R", "U", ""), ("D", "W", "X", "N")


@dataclass(frozen=True, slots=True)
class _Measured:
    """One measurement: a number, or a pair of them."""

    code: str
    value: Decimal
    second: Decimal | None
    measured_on: date
    key: str
    is_taken_back: bool


def say_measures(
    told: Results, about: About, *, sender: KnownSender, at: datetime
) -> tuple[Did, ...]:
    """Store, correct or take back every measure that is known here."""
    codes = _codes(sender)
    known = [(each, codes[found]) for each in told.observations if (found := _of(each, codes))]
    if passed_over := len(told.observations) - len(known):
        about.found.remarks.append(f"Passed over, codes not known here: {passed_over}.")
    if not known:
        return ()
    service = _service(told, about, sender, at)
    measured = [*_measured(known)]
    return tuple(
        did for each in measured if (did := _say(each, told, about, service, at)) is not None
    )


def say_diagnoses(
    said: Iterable[DiagnosisSaid], about: About, *, said_at: datetime, sender: KnownSender,
    at: datetime,
) -> tuple[Did, ...]:  # fmt: skip
    """Add what is new and take back what a message takes back; what it leaves out stays."""
    newest = {
        f"diagnosis {each.key}": each
        for each in said
        if about.found.is_news(f"diagnosis {each.key}", written(said_at))
    }  # fmt: skip
    if not newest:
        return ()
    rows = Diagnosis.objects.filter(
        patient_id__in=record_ids(about.person), organisation=sender.organisation_id,
        source=Diagnosis.Source.RECORD, corrected_by__isnull=True, is_withdrawn=False,
    )  # fmt: skip
    standing = {key_of(row.system, row.code, row.words): row for row in rows}
    about.found.was_said(newest, written(said_at))
    return tuple(
        did
        for each in newest.values()
        if (did := _one(each, standing.get(each.key), about, sender, at)) is not None
    )


def _one(
    said: DiagnosisSaid, held: Diagnosis | None, about: About, sender: KnownSender, at: datetime
) -> Did | None:
    try:
        if said.is_taken_back:
            if held is None:
                return None
            results.withdraw_diagnosis(diagnosis=held, by=BY, at=at)
            return {"did": "withdrew diagnosis", "diagnosis": held.pk}
        if held is None:
            made = results.record_diagnosis(
                patient=about.patient, organisation=sender.organisation, system=said.system,
                code=said.code, words=said.words, diagnosed_on=said.diagnosed_on,
                source=Diagnosis.Source.RECORD, by=BY, at=at,
            )  # fmt: skip
            return {"did": "recorded diagnosis", "diagnosis": made.pk}
        day = said.diagnosed_on or held.diagnosed_on
        if (held.words, held.diagnosed_on) == (said.words, day):
            return None
        made = results.correct_diagnosis(
            diagnosis=held, words=said.words, diagnosed_on=day, system=said.system, code=said.code,
            by=BY, at=at,
        )  # fmt: skip
    except results.NotStored as refused:
        raise Refused(str(refused), where="DG1") from refused
    return {"did": "corrected diagnosis", "diagnosis": made.pk}


def _codes(sender: KnownSender) -> dict[tuple[str, str], tuple[str, bool]]:
    """What each code means: published ones by system, the site's own for this sender by any."""
    found = {
        (each.system, each.code): (kind.id, each.is_second)
        for kind in library.physical_measures().values()
        for each in kind.codes
    }
    found |= {("99IMPARTS", kind): (kind, False) for kind in library.physical_measures()}
    for row in MeasureCode.objects.filter(organisation=sender.organisation_id):
        found["", row.code] = (row.measure, row.is_second)
    return found


def _of(
    said: Observation, codes: dict[tuple[str, str], tuple[str, bool]]
) -> tuple[str, str] | None:
    for system, code in said.codes:
        for known in ((system, code), ("", code)):
            if known in codes:
                return known
    return None


def _measured(known: list[tuple[Observation, tuple[str, bool]]]) -> Iterable[_Measured]:
    """Every measurement, the numbers of a pair put together by their report and place in it."""
    seconds = {_place(each, code): each for each, (code, is_second) in known if is_second}
    for each, (code, is_second) in known:
        if is_second:
            continue
        second = seconds.pop(_place(each, code), None)
        made = _read(each, code)
        yield made if second is None else replace(made, second=_read(second, code).value)
    if seconds:
        raise Refused(
            "The second number of a pair came without the first.", where="OBX-3",
            error=FIELD_MISSING,
        )  # fmt: skip


def _place(said: Observation, code: str) -> tuple[str, str, str, date | None]:
    return (code, said.report, said.place, said.measured_on)


def _read(said: Observation, code: str) -> _Measured:
    kind = library.physical_measures()[code]
    if said.status not in (*_STANDS, *_TAKEN_BACK):
        raise Refused("The status of this result is not known.", where="OBX-11", error=NOT_IN_TABLE)
    if said.measured_on is None:
        raise Refused("The day of measuring is missing.", where="OBX-14", error=FIELD_MISSING)
    is_taken_back = said.status in _TAKEN_BACK
    if said.value is None and not is_taken_back:
        raise Refused(f"{kind.name} is one plain number (type NM).", where="OBX-5")
    if not is_taken_back and not kind.is_in_its_unit(said.unit):
        raise Refused(
            f"{kind.name} is taken in {kind.unit or 'no unit'}; this has another unit, or none.",
            where="OBX-6", error=NOT_IN_TABLE,
        )  # fmt: skip
    moment = written(said.measured_at) if said.measured_at else said.measured_on.isoformat()
    return _Measured(
        code=code, value=said.value if said.value is not None else Decimal(0), second=None,
        measured_on=said.measured_on, key=f"{code} {moment} {said.place}".strip(),
        is_taken_back=is_taken_back,
    )  # fmt: skip


def _say(
    said: _Measured, told: Results, about: About, service: Service, at: datetime
) -> Did | None:
    key, said_at = f"{about.patient.pk} {said.key}"[:150], told.times.said_at
    row = newest_of(FactAsOf.Subject.MEASURE, key, said_at=said_at)
    if row is None:
        about.found.remarks.append("A newer message about the same measure came before.")
        return None
    held = _standing(row.times.get("measure"))
    made, did = _stored(said, held, about, service, at)
    kept = made.pk if made is not None else row.times.get("measure")
    keep_newest(row, said_at=said_at, measure=kept)
    return {"did": did, "measure": kept or 0} if did else None


def _standing(measure: object) -> PhysicalMeasure | None:
    """What a measure that was stored has become: staff may have corrected or withdrawn it since."""
    row = PhysicalMeasure.objects.filter(pk=measure).first() if isinstance(measure, int) else None
    while row is not None and hasattr(row, "corrected_by"):
        row = row.corrected_by
    return row


def _stored(
    said: _Measured, held: PhysicalMeasure | None, about: About, service: Service, at: datetime
) -> tuple[PhysicalMeasure | None, str]:
    stands = held is not None and not held.is_withdrawn
    try:
        if said.is_taken_back:
            if held is None or not stands:
                return None, ""
            made = results.withdraw_physical_measure(measure=held, by=BY, at=at)
            return made, "withdrew measure"
        numbers = (said.value, said.second)
        # Also where staff have withdrawn it: the same number again is no news.
        if held is not None and (held.value, held.second_value) == numbers:
            return None, ""
        if held is not None:
            made = results.correct_physical_measure(
                measure=held, value=said.value, second_value=said.second,
                measured_on=said.measured_on, by=BY, at=at,
            )  # fmt: skip
            return made, "corrected measure"
        made = results.record_physical_measure(
            patient=about.patient, service=service, code=said.code, value=said.value,
            second_value=said.second, measured_on=said.measured_on, by=BY, at=at,
            source=PhysicalMeasure.Source.RECORD,
        )  # fmt: skip
    except results.NotStored as refused:
        raise Refused(str(refused), where="OBX-5") from refused
    return made, "recorded measure"


def _service(told: Results, about: About, sender: KnownSender, at: datetime) -> Service:
    """The service that the message names; else the one that looks after them, the latest first."""
    named = service_meant((told.visit.service_code, told.visit.place.ward), sender=sender)
    if named is not None:
        return named
    on = local(at).date()
    caring = CareRelationship.objects.filter(
        patient_id__in=record_ids(about.person), from_on__lte=on,
        service__organisation=sender.organisation_id,
    ).exclude(until_on__lt=on)  # fmt: skip
    latest = caring.select_related("service").order_by("-from_on", "-id").first()
    if latest is None:
        raise Refused(
            "No service here looks after this person, and PV1-10 names none that is known.",
            where="PV1-10", error=NOT_KNOWN_HERE,
        )  # fmt: skip
    return latest.service
