"""What the hospital record is owed of one response: its facts, as a message for the outbox."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from imparts.informatics.questionnaires.models import Invitation, Response
from imparts.outbox.actions import owed
from imparts.outbox.destination import CORRECTION, RESULT, Destination
from imparts.outbox.models import Message
from imparts.outbox.queries import destinations
from imparts.people.models import Identifier, Patient
from imparts.people.queries import identifiers_of
from imparts.rules.instruments.definition import Instrument
from imparts.rules.packs.asking import Given
from imparts.rules.record.result_facts import (
    AlertFacts,
    IdentifierFacts,
    InstrumentFacts,
    ItemFacts,
    PartFacts,
    PatientFacts,
    PlaceFacts,
    ResultFacts,
    ScoreFacts,
)
from imparts.rules.scoring.parts import highest_of
from imparts.rules.scoring.result import Subscale
from imparts.rules.scoring.score import Score

ITEM_FLAGS = ("item_gte", "item_missing")


@dataclass(frozen=True, slots=True)
class Owed:
    """Of whom the record is told, of which sitting, and by which ways."""

    invitation: Invitation
    patient: Patient
    identifiers: tuple[Identifier, ...]
    at: datetime
    destinations: tuple[Destination, ...]
    alerts: Mapping[str, tuple[AlertFacts, ...]] = field(default_factory=dict)
    """Those that are open, by instrument; only where a destination wants them."""

    def wants(self, kind: str) -> bool:
        """Does any destination want to hear of this?"""
        service = self.invitation.service_id
        return any(each.wants(kind, service=service) for each in self.destinations)


def owed_about(invitation: Invitation, *, at: datetime) -> Owed | None:
    """Whom the record is told of, as the person who survived a merge; None of a test patient.

    That one is nobody: the record must never hear of them (hazard H2).
    """
    patient = invitation.patient.merged_into or invitation.patient
    if patient.is_test:
        return None
    numbers = tuple(identifiers_of([patient])[patient.pk])
    return Owed(invitation, patient, numbers, at, destinations())


def result_facts(
    to: Owed,
    *,
    response: Response,
    score: Score,
    instrument: Instrument,
    items: Iterable[str],
    given: Mapping[str, Given],
) -> ResultFacts:
    """One response to an instrument of ours, as the record is told of it."""
    return facts_about(
        to,
        response,
        instrument=_instrument(instrument),
        score=_score(instrument, score),
        items=tuple(_item(instrument, item, given.get(item), score) for item in items),
    )


def facts_about(
    to: Owed,
    response: Response,
    *,
    instrument: InstrumentFacts,
    score: ScoreFacts,
    items: tuple[ItemFacts, ...],
    notes: tuple[str, ...] = (),
) -> ResultFacts:
    """The facts of one response with those of its sitting."""
    invitation, service = to.invitation, to.invitation.service
    return ResultFacts(
        response_id=str(response.pk),
        instrument=instrument,
        score=score,
        items=items,
        patient=patient_facts(to.patient, to.identifiers),
        service=PlaceFacts(service.code, service.name),
        organisation=PlaceFacts(service.organisation.code, service.organisation.name),
        completed_at=response.completed_at,
        appointment_id=str(invitation.appointment_id or ""),
        who_helped=invitation.who_helped,
        mode=invitation.mode,
        language=invitation.language,
        notes=notes,
        alerts=to.alerts.get(response.instrument, ()),
    )


def messages_of(to: Owed, every: Sequence[ResultFacts]) -> list[Message]:
    """A message for each response and each destination that wants it, not yet stored."""
    return [
        message
        for facts in every
        for message in owed(
            kind=CORRECTION if facts.is_correction else RESULT, patient=to.patient.pk,
            about=UUID(facts.response_id), facts=facts.to_json(), service=to.invitation.service_id,
            sitting=to.invitation.pk, at=to.at, among=to.destinations,
        )
    ]  # fmt: skip


def _instrument(instrument: Instrument) -> InstrumentFacts:
    return InstrumentFacts(
        id=instrument.id,
        title=instrument.title,
        short_title=instrument.short_title,
        version=instrument.version,
        loinc_panel=instrument.code("loinc", "panel") or "",
        loinc_total=instrument.code("loinc", "total") or "",
        snomed_total=instrument.code("snomed", "score") or "",
    )


def _score(instrument: Instrument, score: Score) -> ScoreFacts:
    on_score = {flag.code for flag in instrument.flags if flag.type not in ITEM_FLAGS}
    return ScoreFacts(
        status=score.status, score=score.score, out_of=score.out_of, lower=score.lower,
        upper=score.upper, answered=score.answered, asked=score.asked, band=score.band or "",
        band_label=score.band_label or "", is_flagged=bool(on_score & set(score.flags)),
        flags=score.flags, kind=_kind(instrument), profile=score.profile or "",
        parts=tuple(_part(instrument, part, score) for part in score.subscales),
    )  # fmt: skip


def _kind(instrument: Instrument) -> str:
    """What stands in place of a total."""
    kinds = {"subscales": "parts", "profile": "profile"}
    return kinds.get(instrument.scoring.method, "")


def _part(instrument: Instrument, part: Subscale, score: Score) -> PartFacts:
    rule = next(rule for rule in instrument.scoring.subscales if rule.name == part.name)
    flagged = any(
        flag.code in score.flags and flag.items and set(flag.items) <= set(rule.items)
        for flag in instrument.flags
    )
    return PartFacts(
        name=part.name, label=part.label, status=part.status, score=part.score,
        out_of=highest_of(rule, instrument), lower=part.lower, upper=part.upper,
        band=part.band or "", band_label=part.band_found.label if part.band_found else "",
        is_flagged=flagged,
    )  # fmt: skip


def _item(instrument: Instrument, item_id: str, given: Given | None, score: Score) -> ItemFacts:
    item = instrument.by_id[item_id]
    option = item.option(given.value) if given and given.value is not None else None
    flagged = any(
        flag.item == item_id and flag.code in score.flags and flag.type in ITEM_FLAGS
        for flag in instrument.flags
    )
    return ItemFacts(
        id=item_id, text=item.text, value=option.value if option else None,
        label=option.label if option else "", loinc=item.loinc or "",
        answer_code=(option.code or "") if option else "",
        words=words_of(given), declined=bool(given and given.declined), flagged=flagged,
    )  # fmt: skip


def words_of(given: Given | None) -> str:
    """What was written in a question of our own instruments."""
    return "; ".join(str(one) for one in given.entered) if given and given.entered else ""


def patient_facts(patient: Patient, identifiers: Iterable[Identifier]) -> PatientFacts:
    """Who answered, with every number by which they are known."""
    return PatientFacts(
        id=str(patient.pk),
        family=patient.family_name,
        given=patient.given_name,
        born_on=patient.born_on,
        sex="unknown" if patient.sex == "not_known" else patient.sex,
        identifiers=tuple(
            IdentifierFacts(
                scheme="local" if each.scheme == Identifier.Scheme.HOSPITAL else each.scheme,
                value=each.value,
                verified=each.verified_at is not None,
                authority=each.issued_by.code if each.issued_by else "",
            )
            for each in identifiers
            if each.scheme != Identifier.Scheme.DOUBTFUL
        ),
    )
