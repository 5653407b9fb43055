"""Stored scores as Observations: the whole, each part, and the numbers that a form works out.

A complete score is read from its row. One with answers missing is worked out again from its
answers, because why there is no value (declined, or not known) stands in them alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from imparts.design.dates import local
from imparts.gateway.fhir.about import About
from imparts.gateway.fhir.addresses import Addresses, result_codes
from imparts.gateway.fhir.form_numbers import NumberFacts, number_observation
from imparts.gateway.fhir.observation import part_observation, whole_observation
from imparts.gateway.fhir_server.parameters import uuid_key
from imparts.gateway.fhir_server.queries.encounters import encounters_of_sittings
from imparts.gateway.fhir_server.queries.seen import patient, results, stamped
from imparts.gateway.fhir_server.registry import Json, Reader
from imparts.informatics.questionnaires.models import Answer, Invitation
from imparts.informatics.results.models import ResponseScore, ScorePart
from imparts.library import queries as library
from imparts.rules.instruments.definition import Band, Instrument
from imparts.rules.scoring.result import Score, Subscale
from imparts.rules.scoring.score import score
from imparts.rules.scoring.totals import COMPLETE


def rows(reader: Reader) -> QuerySet[ResponseScore]:
    """Scores of our instruments as they stand now."""
    return _standing(ResponseScore.objects.filter(results(reader), of_form__isnull=True))


def part_rows(reader: Reader) -> QuerySet[ScorePart]:
    """Parts of such scores."""
    return _parts(reader, is_form=False)


def number_rows(reader: Reader) -> QuerySet[ScorePart]:
    """Numbers that forms worked out."""
    return _parts(reader, is_form=True)


def with_parts(reader: Reader, *, is_form: bool) -> QuerySet[ResponseScore]:
    """Scores that have parts, as they stand now: for reading all parts there are."""
    found = ResponseScore.objects.filter(results(reader), of_form__isnull=not is_form)
    return _standing(found).exclude(subscales=[])


def whole_named(written: str) -> Q | None:
    """Which score an id names: that of a response."""
    response, slug = split(written)
    return Q(response=response) if response and slug == "score" else None


def part_named(written: str) -> Q | None:
    """Which part an id names."""
    response, slug = split(written)
    return Q(score__response=response, slug=slug) if response and slug else None


def split(written: str) -> tuple[UUID | None, str]:
    """The response's id and what comes after it."""
    return uuid_key(written[:36]), written[37:] if written[36:37] == "-" else ""


def render(found: Sequence[ResponseScore], reader: Reader) -> list[Json]:
    """The whole of each score."""
    known = _known(found)
    made = []
    for row in found:
        instrument, scored = known.instruments[row.pk], known.scores[row.pk]
        resource = whole_observation(
            instrument,
            scored,
            about=known.about(row),
            declined=known.declined.get(row.response, ()),
        )
        made.append(stamped(resource, row._stored, _version(row)))
    return made


def render_parts(found: Sequence[ScorePart], reader: Reader) -> list[Json]:
    """Each part of a score."""
    known = _known([row.score for row in found])
    made = []
    for row in found:
        whole = row.score
        scored = known.scores[whole.pk]
        part = next(one for one in scored.subscales if one.name == row.name)
        resource = part_observation(
            known.instruments[whole.pk], scored, part, about=known.about(whole),
            declined=known.declined.get(whole.response, ()),
        )  # fmt: skip
        made.append(stamped(resource, row._stored, _version(whole)))
    return made


def render_numbers(found: Sequence[ScorePart], reader: Reader) -> list[Json]:
    """Each number that a form worked out."""
    where = encounters_of_sittings(row.score.sitting for row in found)
    made = []
    for row in found:
        whole = row.score
        about = _about(whole, where.get(whole.sitting, ""))
        resource = number_observation(_number(row), about=about)
        made.append(stamped(resource, row._stored, _version(whole)))
    return made


@dataclass(frozen=True, slots=True)
class Known:
    """What is needed to say some scores, read once for all of them."""

    instruments: Mapping[int, Instrument]
    scores: Mapping[int, Score]
    declined: Mapping[UUID, Sequence[str]]
    where: Mapping[UUID, str]

    def about(self, row: ResponseScore) -> About:
        """Whose, when, and as what."""
        return _about(row, self.where.get(row.sitting, ""))


def _known(found: Iterable[ResponseScore]) -> Known:
    rows = {row.pk: row for row in found}
    instruments = {pk: library.instrument_of(row.content_id) for pk, row in rows.items()}
    again = [row.response for row in rows.values() if not _is_whole(row, instruments[row.pk])]
    values, declined = _answers(again)
    where = encounters_of_sittings(row.sitting for row in rows.values())
    scores = {
        pk: score(instruments[pk], values[row.response], {})
        if row.response in values
        else _from_row(row, instruments[pk])
        for pk, row in rows.items()
    }
    return Known(instruments, scores, declined, where)


def _is_whole(row: ResponseScore, instrument: Instrument) -> bool:
    """Whether the row says all that there is to say of its score."""
    parts = all(one.get("status", COMPLETE) == COMPLETE for one in row.subscales)
    alerts = any(flag.only_alerts for flag in instrument.flags)
    is_category = instrument.scoring.method == "category"
    return row.status == COMPLETE and parts and not alerts and not is_category


def _answers(
    responses: Sequence[UUID],
) -> tuple[dict[UUID, dict[str, int]], dict[UUID, list[str]]]:
    values: dict[UUID, dict[str, int]] = {pk: {} for pk in responses}
    declined: dict[UUID, list[str]] = {}
    found = Answer.objects.filter(response__in=responses)
    for pk, item, value, chose_not in found.values_list("response", "item", "value", "declined"):
        if value is not None:
            values[pk][item] = value
        elif chose_not:
            declined.setdefault(pk, []).append(item)
    return values, declined


def _from_row(row: ResponseScore, instrument: Instrument) -> Score:
    return Score(
        instrument=row.instrument, version=instrument.version, status=row.status, score=row.score,
        out_of=row.out_of, band_found=_band(row.band, instrument.bands), category=None,
        lower=row.lower, upper=row.upper, flags=tuple(row.flags), missing=(),
        answered=row.answered, asked=row.asked,
        subscales=tuple(_part(one, instrument) for one in row.subscales),
        profile=row.profile or None, decimals=0, bands=instrument.bands, cuts=(),
        direction=instrument.direction,
    )  # fmt: skip


def _part(held: Mapping[str, Any], instrument: Instrument) -> Subscale:
    rule = next(one for one in instrument.scoring.subscales if one.name == held["name"])
    return Subscale(
        name=rule.name, label=rule.label, status=held.get("status", COMPLETE),
        score=_exact(held.get("score")), band_found=_band(held.get("band"), rule.bands),
        lower=_exact(held.get("lower")) or Decimal(0),
        upper=_exact(held.get("upper")) or Decimal(0),
        decimals=0,
    )  # fmt: skip


def _exact(held: object) -> Decimal | None:
    return None if held is None else Decimal(str(held))


def _band(code: object, bands: Iterable[Band]) -> Band | None:
    return next((one for one in bands if one.code == code), None)


def _standing(found: QuerySet[ResponseScore]) -> QuerySet[ResponseScore]:
    return found.filter(corrected_by__isnull=True).annotate(_stored=_when("sitting"))


def _when(sitting: str, completed: str = "completed_at") -> Any:
    """When a sitting was sent, or withdrawn after that: then its scores were stored."""
    rows = Invitation.objects.filter(pk=OuterRef(sitting))
    moment = Greatest("submitted_at", Coalesce("withdrawn_at", "submitted_at"))
    return Coalesce(Subquery(rows.annotate(_at=moment).values("_at")), F(completed))


def _parts(reader: Reader, *, is_form: bool) -> QuerySet[ScorePart]:
    return (
        ScorePart.objects.filter(
            results(reader, "score__patient_id", "score__service_id"),
            score__corrected_by__isnull=True,
            score__of_form__isnull=not is_form,
        )
        .annotate(_stored=_when("score__sitting", "score__completed_at"))
        .select_related("score")
    )


def _about(row: ResponseScore, encounter: str) -> About:
    return About(
        response_id=str(row.response),
        patient=patient(row.patient_id),
        authored_at=local(row.completed_at),
        status=_standing_word(row),
        encounter=encounter,
        source=patient(row.patient_id),
    )


def _standing_word(row: ResponseScore) -> str:
    if row.is_withdrawn:
        return "entered-in-error"
    return "amended" if row.corrects_id else "completed"


def _number(row: ScorePart) -> NumberFacts:
    form = library.form_of(row.score.content_id)
    held = row.score.subscales[row.place - 1]
    return NumberFacts(
        form=form, path=row.name, label=str(held.get("label", "")), value=Decimal(held["score"]),
        unit=str(held.get("unit", "")), place=row.place,
        is_complete=row.score.status == COMPLETE,
    )  # fmt: skip


def _version(row: ResponseScore) -> int:
    return 2 if row.corrects_id else 1


@lru_cache(maxsize=512)
def keys_with_code(system: str, code: str) -> tuple[str, ...]:
    """The instruments whose result has a code; of our own codes the instrument stands in it."""
    return tuple(
        key
        for key, one in library.newest_instruments().items()
        if any(
            each["code"] == code and system in ("", each["system"])
            for each in result_codes(one, Addresses())
        )
    )
