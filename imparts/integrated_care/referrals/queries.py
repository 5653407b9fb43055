"""Reading referrals and letters: one person's, or one of them; 404 where it is not the asker's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404

from imparts.access.queries import Asking
from imparts.access.roles import May
from imparts.integrated_care.referrals.models import Letter, Referral, ReferralEvent
from imparts.library import queries as library
from imparts.library.models import ContentVersion
from imparts.organisations.queries import successor_of
from imparts.people.models import Merge, Patient
from imparts.people.queries import patient_for, record_ids
from imparts.rules.letters.definition import LetterFacts, letter_from
from imparts.rules.letters.referral import Draft
from imparts.rules.record.json_facts import FactsRefused as FactsRefused

Name = ReferralEvent.Name


@dataclass(frozen=True, slots=True)
class ReferralStory:
    """One referral with everything that happened to it, in order."""

    referral: Referral
    events: tuple[ReferralEvent, ...]

    @property
    def last(self) -> ReferralEvent:
        """What happened last: its name is the state of the referral."""
        return self.events[-1]

    @property
    def is_open(self) -> bool:
        """Whether it is still a draft."""
        return self.last.name == Name.DRAFTED

    @property
    def drafted(self) -> ReferralEvent:
        """The last draft: its words are those that are sent."""
        return next(event for event in reversed(self.events) if event.name == Name.DRAFTED)

    @property
    def draft(self) -> Draft:
        """The words of the last draft."""
        return draft_in(self.drafted, self.referral)

    @property
    def letter(self) -> UUID | None:
        """The letter that it was sent with."""
        return self.last.letter_id


def draft_in(event: ReferralEvent, referral: Referral) -> Draft:
    """The words that an event of a referral holds."""
    return Draft(event.to or referral.to, event.reason, event.is_agreed, event.although)


def referrals_of(asking: Asking, patient: Patient) -> list[ReferralStory]:
    """A patient's referrals by the services whose results the asker may see, newest first."""
    return _stories(_of_patient(Referral.objects, asking, patient).order_by("-at", "-id"))


def referrals_about(asking: Asking, sitting: UUID) -> list[ReferralStory]:
    """The referrals that one visit led to, first to last."""
    found = Referral.objects.filter(
        sitting=sitting, service_id__in=asking.services_where(May.SEE_RESULTS)
    )
    return _stories(found.order_by("at", "id"))


def referral_for(asking: Asking, referral_id: UUID, *, on: date) -> tuple[Patient, ReferralStory]:
    """One referral and whom it is about now; 404 where it is not the asker's to see."""
    found = Referral.objects.filter(
        pk=referral_id, service_id__in=asking.services_where(May.SEE_RESULTS)
    )
    stories = _stories(found)
    if not stories:
        raise Http404
    about = stories[0].referral.patient_id
    return patient_for(asking, about, on=on, may=May.SEE_RESULTS), stories[0]


def letters_of(asking: Asking, patient: Patient) -> list[Letter]:
    """A patient's letters by the services whose results the asker may see, newest first."""
    found = _of_patient(Letter.objects, asking, patient).select_related("service__organisation")
    return list(found.defer("facts").order_by("-at", "-id"))


def letters_about(asking: Asking, sitting: UUID) -> list[Letter]:
    """The letters to the GP about one visit, newest first."""
    found = Letter.objects.filter(
        sitting=sitting, kind=Letter.Kind.GP,
        service_id__in=asking.services_where(May.SEE_RESULTS),
    )  # fmt: skip
    return list(found.defer("facts").order_by("-at", "-id"))


def letter_for(asking: Asking, letter_id: UUID, *, on: date) -> tuple[Patient, Letter]:
    """One letter and whom it is about now; 404 where it is not the asker's to see."""
    letter = (
        Letter.objects.filter(pk=letter_id, service_id__in=asking.services_where(May.SEE_RESULTS))
        .select_related("service__organisation")
        .first()
    )
    if letter is None:
        raise Http404
    return patient_for(asking, letter.patient_id, on=on, may=May.SEE_RESULTS), letter


def facts_of(letter: Letter) -> LetterFacts:
    """The letter's facts as they were when it was made; never those of another person (H2)."""
    facts = letter_from(letter.facts)
    if facts.person.id != str(letter.patient_id):
        raise FactsRefused("The letter's facts are about another record than the letter")
    return facts


def sent_with(letter: Letter) -> ReferralEvent | None:
    """When and how the referral of a letter was marked as sent; a letter to the GP has none."""
    return letter.sent_with.select_related("referral").first()


def gp_of(patient: Patient, *, on: date) -> str:
    """The patient's practice by name, or what it became; empty where it is not recorded."""
    if patient.practice is None:
        return ""
    return successor_of(patient.practice, on=on).name


def joined_since(patient_id: UUID, moment: datetime) -> bool:
    """Whether the record of a referral was joined with another, or parted again, since a moment."""
    either = Q(loser_id=patient_id) | Q(survivor_id=patient_id)
    return Merge.objects.filter(either, at__gt=moment).exists()


def who_it_goes_to(step: Mapping[str, Any], option: str) -> str:
    """The name of an option that a step offers; of a step without options what it offers."""
    found = library.options().get(option)
    return str(found.name if found else step.get("offer") or step.get("verb_first", ""))


def measures_of(step: Mapping[str, Any]) -> list[str]:
    """The instruments that the step's pathway asks about: the letter of a referral holds no others.

    A referral to stop smoking is no reason to tell a mood score.
    """
    found = ContentVersion.objects.filter(
        kind=ContentVersion.Kind.PATHWAY,
        key=step.get("pathway_id", ""),
        version=step.get("pathway_version", ""),
    ).first()
    if found is None:
        return []
    levels = library.pathway_of(found.pk).levels
    return sorted({trigger.instrument for level in levels for trigger in level.triggers})


def _of_patient(rows: Any, asking: Asking, patient: Patient) -> Any:
    return rows.filter(
        patient_id__in=record_ids(patient), service_id__in=asking.services_where(May.SEE_RESULTS)
    )


def _stories(referrals: QuerySet[Referral]) -> list[ReferralStory]:
    events = Prefetch("events", ReferralEvent.objects.order_by("id"))
    rows = referrals.select_related("service__organisation", "patient").prefetch_related(events)
    return [ReferralStory(row, tuple(row.events.all())) for row in rows]
