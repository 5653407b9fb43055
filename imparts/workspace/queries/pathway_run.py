"""What a run of a pathway needs of a service: past visits, capacities, who is known or unasked.

The run itself is rules.pathways. What it came to is kept beside the draft, under a mark of all that
it was worked out from; the same question is not worked out twice.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import F, Func, JSONField, Q, QuerySet, Value
from django.utils import timezone

from imparts.design.dates import age_on
from imparts.informatics.clinics.models import Appointment, AppointmentMove
from imparts.informatics.questionnaires.models import Invitation
from imparts.informatics.questionnaires.queries.past import visits_of
from imparts.integrated_care.referrals.models import ReferralEvent
from imparts.library import queries as library
from imparts.pathways.models import PathwayEntry, StepTaken
from imparts.pathways.queries import TreatmentShown, treatments_of
from imparts.pathways.queries.capacity import capacities_of
from imparts.people.models import Patient
from imparts.rules.pathways.comparison import Comparison, Groups, compare
from imparts.rules.pathways.definition import Pathway
from imparts.rules.pathways.simulation import Run, run
from imparts.rules.pathways.writing import to_toml

WINDOW = timedelta(days=365)
# The 16+1 ethnic categories of the NHS by their first grouping; from general knowledge, not
# verified here. Anything else is "Other, not known".
ETHNIC_GROUPS: Mapping[str, str] = {
    **dict.fromkeys("ABC", "White"),
    **dict.fromkeys("DEFG", "Mixed"),
    **dict.fromkeys("HJKL", "Asian"),
    **dict.fromkeys("MNP", "Black"),
    **dict.fromkeys("RS", "Other"),
}
HAS_COME = (Appointment.State.ARRIVED, Appointment.State.IN_ROOM, Appointment.State.LEFT)


@dataclass(frozen=True, slots=True)
class RunAsked:
    """One question: these two texts, over this window of this service."""

    service_id: int
    live: Pathway
    draft: Pathway
    on: date
    window: timedelta = WINDOW

    @property
    def since(self) -> date:
        """The first day of the window; the last is the day before `on`."""
        return self.on - self.window

    @property
    def mark(self) -> str:
        """The hash of everything that the answer is worked out from, but the visits of the day."""
        stated = sorted(
            (option, str(one.a_week)) for option, one in capacities_of(self.service_id).items()
        )
        said = "\n".join(
            (to_toml(self.live), to_toml(self.draft), str(self.service_id), str(self.on),
             str(self.window),
             repr(stated))
        )  # fmt: skip
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Replayed:
    """What live is worked out to have suggested, held beside what it did suggest at the time."""

    visits: int
    """At which exactly this version of live was asked."""
    different: int


def comparison_of(asked: RunAsked) -> Comparison:
    """Run both over the window and lay them side by side."""
    return worked_out(asked)[0]


def worked_out(asked: RunAsked) -> tuple[Comparison, Replayed]:
    """The two runs side by side, and live beside what happened."""
    looks_back_on = asked.live.looks_back_on | asked.draft.looks_back_on
    visits = visits_of(
        [asked.service_id], _midnight(asked.since), _midnight(asked.on),
        looks_back_on=looks_back_on,
        looks_at_steps=asked.live.looks_at_steps or asked.draft.looks_at_steps,
    )  # fmt: skip
    live, draft = run(asked.live, visits), run(asked.draft, visits)
    people = {visit.person for visit in visits}
    found = compare(
        live,
        draft,
        since=asked.since,
        until=asked.on - timedelta(days=1),
        options=library.options(),
        capacity=_capacity(asked.service_id),
        known=_known(asked, people),
        groups=_groups(people, on=asked.on),
        never_asked=_never_asked(asked),
    )
    return found, _replayed(asked, live)


def _replayed(asked: RunAsked, live: Run) -> Replayed:
    """Visit by visit, the steps of the run and those of the entry that was kept that day."""
    pathway = asked.live
    steps = Func(
        F("steps"), Value("$[*] ? (@.pathway_id == $key).step_id"),
        Value({"key": pathway.id}, JSONField()), function="jsonb_path_query_array",
        output_field=JSONField(),
    )  # fmt: skip
    kept = PathwayEntry.objects.filter(
        service_id=asked.service_id, patient__is_test=False,
        at__gte=_midnight(asked.since), at__lt=_midnight(asked.on),
        pathways__contains=[f"{pathway.id} {pathway.version}"],
    ).exclude(about__in=_withdrawn()).annotate(steps_suggested=steps)  # fmt: skip
    visits = different = 0
    rows = kept.values_list("about", "steps_suggested")
    for about, suggested in rows.iterator(chunk_size=5000):
        visits += 1
        different += sorted(suggested) != sorted(live.steps.get(about, ()))
    return Replayed(visits, different)


def _withdrawn() -> QuerySet:
    """Sittings whose answers were another person's: the run does not see them either."""
    return Invitation.objects.filter(withdrawn_at__isnull=False).values("pk")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _capacity(service_id: int) -> dict[str, Decimal | None]:
    return {option: one.a_week for option, one in capacities_of(service_id).items()}


def _known(asked: RunAsked, people: set[UUID]) -> dict[str, dict[UUID, date]]:
    """Who is known to an option: treated by it, sent there by a step, or by a referral."""
    found: dict[str, dict[UUID, date]] = {}
    treated: Iterable[TreatmentShown] = (
        one for shown in treatments_of(people).values() for one in shown if one.option
    )
    for one in treated:
        _note(found, one.option, one.patient, one.began_on)
    options = {
        step.id: step.options[0]
        for pathway in (asked.draft, asked.live)
        for step in pathway.steps
        if step.options
    }
    done = StepTaken.objects.filter(
        decision=StepTaken.Decision.DONE, step__in=list(options),
        entry__service_id=asked.service_id,
    ).values_list("step", "entry__patient_id", "entry__patient__merged_into_id", "at")  # fmt: skip
    for step, patient, merged_into, at in done.iterator(chunk_size=5000):
        _note(found, options[step], merged_into or patient, timezone.localdate(at))
    for option, person, on in referred(people):
        _note(found, option, person, on)
    return found


def referred(people: set[UUID]) -> list[tuple[str, UUID, date]]:
    """Who was sent a referral to an option, by any service, and when it went out."""
    sent = ReferralEvent.objects.filter(
        Q(referral__patient__in=people) | Q(referral__patient__merged_into__in=people),
        name=ReferralEvent.Name.SENT,
    ).values_list(
        "referral__option", "referral__patient_id", "referral__patient__merged_into_id", "at"
    )  # fmt: skip
    return [
        (option, merged_into or patient, timezone.localdate(at))
        for option, patient, merged_into, at in sent
    ]


def _note(found: dict[str, dict[UUID, date]], option: str, person: UUID, on: date) -> None:
    known = found.setdefault(option, {})
    known[person] = min(on, known.get(person, on))


def _groups(people: set[UUID], *, on: date) -> dict[UUID, Groups]:
    rows = Patient.objects.filter(pk__in=people).values_list(
        "pk", "sex", "born_on", "needs_interpreter", "ethnicity"
    )
    return {
        pk: Groups(
            sex=sex,
            age=age_on(born_on, on),
            needs_interpreter=needs_interpreter,
            ethnic_group=ETHNIC_GROUPS.get(ethnicity, ""),
        )
        for pk, sex, born_on, needs_interpreter, ethnicity in rows
    }


def _never_asked(asked: RunAsked) -> int:
    """People who came in the window and were never handed a questionnaire in it."""
    came = AppointmentMove.objects.filter(
        state__in=HAS_COME, appointment__patient__is_test=False,
        appointment__session__service_id=asked.service_id,
        appointment__session__held_on__gte=asked.since,
        appointment__session__held_on__lt=asked.on,
    ).values_list("appointment__patient_id", "appointment__patient__merged_into_id")  # fmt: skip
    handed = Invitation.objects.filter(
        service_id=asked.service_id,
        withdrawn_at__isnull=True,
        created_at__gte=_midnight(asked.since),
    ).values_list("patient_id", "patient__merged_into_id")
    return len(_persons(came.distinct()) - _persons(handed.distinct()))


def _persons(rows: Iterable[tuple[UUID, UUID | None]]) -> set[UUID]:
    return {merged_into or patient for patient, merged_into in rows}
