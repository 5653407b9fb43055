"""The sitting on a tablet: whose it is, what is asked, what has been answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from imparts.informatics.questionnaires.models import AnswerGiven, HandOver, Invitation
from imparts.library import queries as library
from imparts.organisations.models import Service
from imparts.rules.forms.told import Told
from imparts.rules.forms.values import from_json
from imparts.rules.instruments.definition import Instrument
from imparts.rules.packs.alerting import Watched, watched
from imparts.rules.packs.asking import Given, Question, first_unanswered, questions
from imparts.rules.packs.definition import Pack
from imparts.rules.packs.forms import FormToAsk
from imparts.rules.page_words import PageWords
from imparts.rules.patient_texts import PatientTexts
from imparts.rules.wording.languages import best_of

IDLE = timedelta(minutes=20)
ENGLISH = "en"
SENT_IN = "fhir"
"""The mode of a sitting whose answers another system sent."""
_GENDERS = {"female": "female", "male": "male", "indeterminate": "other"}
GivenAnswers = Mapping[str, Mapping[str, Given]]
_LastGiven = dict[str, dict[str, Given]]


@dataclass(frozen=True)
class Sitting:
    """Everything that the pages in a patient's hands may know.

    Answers and questions are read when a page first asks for them: sending needs neither.
    """

    hand_over: HandOver
    invitation: Invitation
    patient_name: str
    given_name: str
    born_on: date
    service_name: str
    organisation_name: str
    pack: Pack
    instruments: Mapping[str, Instrument]
    forms: Mapping[str, FormToAsk]
    texts: PatientTexts
    page_words: PageWords | None
    """What the pages say in the patient's language; None is English."""

    @cached_property
    def given(self) -> GivenAnswers:
        """The last answer to each item, by instrument and item."""
        return given_in(self.invitation)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Everything that applies now, in order."""
        return questions_of(self.invitation, self.given, for_patient=True)

    @cached_property
    def watched(self) -> Watched:
        """The questions about harm: which answers to them a person must hear of."""
        return watched_in(self.invitation, self.instruments)

    @property
    def is_confirmed(self) -> bool:
        """Whether the patient has said that this is them."""
        return self.hand_over.confirmed_at is not None

    @property
    def has_begun(self) -> bool:
        """Whether the patient has passed the page before the first question."""
        return self.invitation.started_at is not None

    @property
    def leaves_out(self) -> bool:
        """Whether something of the pack cannot be asked in the patient's language."""
        is_english = self.invitation.language == ENGLISH
        return not is_english and bool(self.invitation.context.get("left_out"))

    @property
    def first_unanswered(self) -> Question | None:
        """Where someone who comes back goes on."""
        return first_unanswered(self.questions, self.given)

    def answer_to(self, question: Question) -> Given | None:
        """The answer given to one question, if any."""
        return self.given.get(question.instrument, {}).get(question.item.id)


def hand_over_with(secret_hash: str, *, at: datetime) -> HandOver | None:
    """The hand-over that a browser's secret opens, with its invitation and nothing more."""
    found = _open_at(at).filter(secret_hash=secret_hash)
    return found.select_related("invitation").order_by().first()


def _open_at(at: datetime) -> QuerySet[HandOver]:
    return HandOver.objects.filter(ended_at__isnull=True, last_used_at__gt=at - IDLE)


def sitting_for(secret_hash: str, *, at: datetime) -> Sitting | None:
    """The sitting that a browser's secret opens; None when unknown, ended or left idle."""
    hand_over = (
        _open_at(at)
        .select_related("invitation__patient", "invitation__service__organisation", "tablet")
        .filter(secret_hash=secret_hash)
        .first()
    )
    return _sitting(hand_over) if hand_over else None


def was_sent(submission_id: UUID) -> bool:
    """Whether a sitting was sent under this id; says nothing about whose it was."""
    return Invitation.objects.filter(submission_id=submission_id).exists()


def _sitting(hand_over: HandOver) -> Sitting:
    invitation = hand_over.invitation
    patient, service = invitation.patient, invitation.service
    return Sitting(
        hand_over=hand_over,
        invitation=invitation,
        patient_name=patient.name,
        given_name=patient.known_as or patient.given_name,
        born_on=patient.born_on,
        service_name=service.name,
        organisation_name=place_of(service),
        pack=library.pack_of(invitation.pack_id),
        instruments=instruments_of(invitation, for_patient=True),
        forms=forms_of(invitation, for_patient=True),
        texts=library.patient_texts_of(invitation.texts_id),
        page_words=_page_words(invitation),
    )


def place_of(service: Service) -> str:
    """What patients call the place: the hospital, else the organisation."""
    return service.site or service.organisation.name


def languages_for(invitation: Invitation, *, at: datetime) -> dict[str, str]:
    """The languages in which this sitting can be answered, each as its speakers write it."""
    if invitation.started_at:  # the language stays once the questions have begun
        words = _page_words(invitation)
        return {invitation.language: words.name if words else "English"}
    pack, nation = library.pack_of(invitation.pack_id), invitation.service.organisation.nation
    return library.languages_on_offer(pack, nation, on=timezone.localdate(at))


def page_words_in(language: str, *, at: datetime) -> PageWords | None:
    """What a page says that is drawn when its sitting is over; None is English."""
    if language == ENGLISH:  # the last page thanks a patient without asking the database
        return None
    version = library.page_words_version(language, on=timezone.localdate(at))
    return library.page_words_of(version) if version else None


def _page_words(invitation: Invitation) -> PageWords | None:
    if invitation.language == ENGLISH:
        return None
    return library.page_words_of(invitation.context["page_words"])


def instruments_of(invitation: Invitation, *, for_patient: bool = False) -> dict[str, Instrument]:
    """The instruments of a sitting, in the versions fixed when it began.

    For a patient in the language chosen; for staff and the record in English where there is any.
    """
    language = invitation.language if for_patient else ENGLISH
    return {
        key: library.instrument_of(pk, language)
        for key, pk in invitation.instruments.items()
        if not library.is_form(pk)
    }


def forms_of(invitation: Invitation, *, for_patient: bool = False) -> dict[str, FormToAsk]:
    """The forms of a sitting that someone else wrote, in the versions fixed when it began.

    For a patient in the language chosen; for staff in English, or in the form's own language.
    """
    wanted = invitation.language if for_patient else ENGLISH
    pks = (pk for pk in invitation.instruments.values() if library.is_form(pk))
    forms = (library.form_of(pk) for pk in pks)
    return {
        form.key: FormToAsk(
            form, best_of(wanted, form.languages) or form.language, told_in(invitation)
        )
        for form in forms
    }


def told_in(invitation: Invitation) -> Told:
    """What a form's expressions may know of this sitting; the same each time it is asked."""
    patient = invitation.patient
    return Told(
        at=timezone.localtime(invitation.created_at),
        name=patient.name,
        birth_date=patient.born_on,
        gender=_GENDERS.get(patient.sex, "unknown"),
    )


def watched_in(invitation: Invitation, instruments: Mapping[str, Instrument]) -> Watched:
    """The questions about harm of everything that a sitting asks."""
    forms = {
        key: (library.form_of(pk), library.harm_rules_of(pk))
        for key, pk in invitation.instruments.items()
        if library.is_form(pk)
    }
    return watched(instruments, forms)


def given_in(invitation: Invitation) -> _LastGiven:
    """The last answer to each item, by instrument and item."""
    return given_in_each((invitation.pk,)).get(invitation.pk, {})


def given_in_each(invitation_ids: Iterable[UUID]) -> dict[UUID, _LastGiven]:
    """The same for several sittings, from one question; those without an answer are left out."""
    found: dict[UUID, _LastGiven] = {}
    rows = AnswerGiven.objects.filter(invitation__in=list(invitation_ids)).order_by("id")
    for sitting, instrument, item, value, declined, entered in rows.values_list(
        "invitation_id", "instrument", "item", "value", "declined", "entered"
    ):
        of_sitting = found.setdefault(sitting, {})
        of_sitting.setdefault(instrument, {})[item] = given_from(value, declined, entered)
    return found


def given_from(value: int | None, declined: bool, entered: list[Any] | None) -> Given:
    """An answer as its row keeps it."""
    held = None if entered is None else tuple(from_json(one) for one in entered)
    return Given(value, declined, held)


def pack_asked(invitation: Invitation) -> Pack:
    """What a sitting asks; of answers that another system sent, what was answered and no more."""
    pack = library.pack_of(invitation.pack_id)
    return pack.of_only(invitation.instruments) if invitation.mode == SENT_IN else pack


def questions_of(
    invitation: Invitation, given: GivenAnswers | None = None, *, for_patient: bool = False
) -> tuple[Question, ...]:
    """Everything that applies now, in order, given the answers so far."""
    context: dict[str, Any] = invitation.context
    return questions(
        pack_asked(invitation),
        instruments_of(invitation, for_patient=for_patient),
        given_in(invitation) if given is None else given,
        {},
        age=context.get("age"),
        by_proxy=bool(context.get("by_proxy")),
        answered_days_ago=context.get("answered_days_ago", {}),
        own_part_names=for_patient and invitation.language != ENGLISH,
        forms=forms_of(invitation, for_patient=for_patient),
    )
