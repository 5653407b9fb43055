"""All writing of referrals and letters: draft, change, send, withdraw; and a letter to the GP.

Everything refuses with NotDone, a sentence for whoever pressed. Rows are added and never changed: a
referral's state is its last event, and a letter stays as it was made.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from imparts.audit import actions as audit
from imparts.integrated_care.referrals.models import Letter, Referral, ReferralEvent
from imparts.integrated_care.referrals.queries import (
    draft_in,
    joined_since,
    measures_of,
    who_it_goes_to,
)
from imparts.organisations.models import Service
from imparts.pathways import actions as pathways
from imparts.pathways.actions import NotDone
from imparts.pathways.models import PathwayEntry
from imparts.people.models import Patient
from imparts.rules.letters.definition import LetterFacts, LetterRefused
from imparts.rules.letters.referral import Draft, prefilled, refuse_draft
from imparts.rules.letters.text import one_line

__all__ = [
    "How", "NotDone", "draft_referral", "edit_draft", "make_gp_letter", "send_referral", "withdraw",
]  # fmt: skip
Name = ReferralEvent.Name
How = ReferralEvent.How
OTHER_PERSON = (
    "This letter is about another record than the referral. Nothing was sent. Open the patient "
    "again and start from the summary."
)
JOINED = (
    "The patient's record was joined with another one after this draft was written. Read the name "
    "and the numbers, save the draft, then send it."
)


def draft_referral(
    *, entry: PathwayEntry, step: str, option: str = "", told: str = "", by: str, at: datetime
) -> Referral:
    """Accept a step that refers: it is done, and a prefilled draft stands, both or neither.

    Accepting it again, in another window, leads to the same draft. `told` is what the patient read.
    """
    suggested: Mapping[str, Any] | None = next(
        (each for each in entry.steps if each["step_id"] == step), None
    )
    if suggested is None:
        raise NotDone("This step was not suggested for this visit.")
    offered = list(suggested.get("options") or [])
    if option and option not in offered:
        raise NotDone("This is not among what the step offers. Choose one of the options shown.")
    with transaction.atomic():
        _hold(entry.patient_id)
        if there := _draft_of(entry.about, step):
            return there
        chosen = option or (offered[0] if offered else step)
        to = who_it_goes_to(suggested, chosen if offered else "")
        draft = prefilled(suggested, to=to, told=told, asks_for=to if offered else "")
        made = Referral.objects.create(
            patient_id=entry.patient.merged_into_id or entry.patient_id,
            service_id=entry.service_id, sitting=entry.about, step=step, option=chosen[:60],
            to=draft.to, within=str(suggested.get("within", ""))[:60],
            measures=measures_of(suggested), at=at, by=by,
        )  # fmt: skip
        _drafted(made, draft, by=by, at=at)
        pathways.decide_step(
            entry=entry, step=step, decision="done", why="", by=by, at=at,
            details={"referral": str(made.pk)},
        )  # fmt: skip
        _note(made, "drafted referral", by=by, at=at)
    return made


def edit_draft(*, referral: Referral, draft: Draft, based_on: int, by: str, at: datetime) -> None:
    """Keep other words; refused when someone changed the draft since the page was opened."""
    with _refusing():
        refuse_draft(draft)
    with transaction.atomic():
        _locked_draft(referral, based_on)
        _drafted(referral, draft, by=by, at=at)
        _note(referral, "edited referral draft", by=by, at=at)


def send_referral(
    *,
    referral: Referral,
    draft: Draft,
    how: str,
    compose: Callable[[Draft], LetterFacts],
    based_on: int,
    by: str,
    at: datetime,
) -> Letter:
    """Make the letter and mark the referral as sent, as whoever pressed says that it goes out.

    imparts delivers nothing itself. `compose` makes the letter from the words that are sent.
    """
    if how not in How.values:
        raise NotDone("Choose how the referral goes out.")
    if draft.is_agreed is None:
        raise NotDone("Say whether the patient agrees to this referral.")
    with _refusing():
        refuse_draft(draft)
    with transaction.atomic():
        last = _locked_draft(referral, based_on)
        if joined_since(referral.patient_id, last.at):
            raise NotDone(JOINED)
        if draft_in(last, referral) != draft:
            _drafted(referral, draft, by=by, at=at)
        with _refusing():
            facts = compose(draft)
        letter = _letter(
            facts, kind=Letter.Kind.REFERRAL, patient=referral.patient,
            service_id=referral.service_id, sitting=referral.sitting, by=by, at=at,
        )  # fmt: skip
        ReferralEvent.objects.create(
            referral=referral, name=Name.SENT, to=draft.to, reason=draft.words, how=how,
            is_agreed=draft.is_agreed, although=draft.although, letter=letter, at=at, by=by,
        )  # fmt: skip
        _note(referral, "sent referral", why=How(how).label, by=by, at=at)
    return letter


def withdraw(*, referral: Referral, why: str, based_on: int, by: str, at: datetime) -> None:
    """Take a draft back, with the reason; the step is then "not now", for nobody was referred."""
    if not one_line(why):
        raise NotDone("Write why the referral is withdrawn.")
    with transaction.atomic():
        _locked_draft(referral, based_on)
        entry = PathwayEntry.objects.filter(about=referral.sitting).first()
        if entry and referral.step:
            pathways.decide_step(
                entry=entry, step=referral.step, decision="not_now",
                why=f"referral withdrawn: {one_line(why)}"[:200], by=by, at=at,
            )  # fmt: skip
        ReferralEvent.objects.create(
            referral=referral, name=Name.WITHDRAWN, reason=one_line(why), at=at, by=by
        )
        _note(referral, "withdrew referral", why=one_line(why), by=by, at=at)


def make_gp_letter(
    *,
    patient: Patient,
    service: Service,
    sitting: UUID,
    facts: LetterFacts,
    by: str,
    at: datetime,
) -> Letter:
    """Keep a letter to the GP as it was composed; pressed twice it is the same letter."""
    with transaction.atomic():
        locked = _hold(patient.pk)
        if locked.merged_into_id:
            raise NotDone(JOINED)
        last = Letter.objects.filter(sitting=sitting, kind=Letter.Kind.GP).order_by("at").last()
        if last and last.by == by and _same(last.facts, facts.as_json()):
            return last
        made = _letter(
            facts, kind=Letter.Kind.GP, patient=locked, service_id=service.pk, sitting=sitting,
            by=by, at=at,
        )  # fmt: skip
        audit.record(
            who=by, did="made letter to GP", patient=locked.pk, about=f"letter {made.pk}", at=at
        )
    return made


def _letter(
    facts: LetterFacts, *, kind: str, patient: Patient, service_id: int, sitting: UUID | None,
    by: str, at: datetime,
) -> Letter:  # fmt: skip
    about = patient.merged_into_id or patient.pk
    if facts.kind != kind or facts.person.id != str(about):
        raise NotDone(OTHER_PERSON)
    return Letter.objects.create(
        patient_id=about, service_id=service_id, sitting=sitting, kind=kind, to=facts.to[:200],
        facts=facts.as_json(), at=at, by=by,
    )  # fmt: skip


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two letters differ in nothing but the moment and the foot that names it."""
    moment = {"made_at", "foot"}
    mine, theirs = ({k: v for k, v in each.items() if k not in moment} for each in (one, other))
    return mine == _as_stored(theirs)


def _as_stored(value: Any) -> Any:
    """As JSON gives it back: a tuple is a list."""
    if isinstance(value, Mapping):
        return {key: _as_stored(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_as_stored(one) for one in value]
    return value


def _locked_draft(referral: Referral, based_on: int) -> ReferralEvent:
    """The last draft, held so that nobody else changes it meanwhile; refused when it is not."""
    _hold(referral.patient_id)
    last = ReferralEvent.objects.filter(referral=referral).order_by("id").last()
    if last is None or last.name == Name.SENT:
        raise NotDone("This referral was already sent. Nothing was changed.")
    if last.name == Name.WITHDRAWN:
        raise NotDone("This referral was withdrawn. Nothing was changed.")
    if last.pk != based_on:
        raise NotDone(
            "This draft was changed in another window or by someone else. Their words are in the "
            "record; yours are still on this page. Compare, then save again."
        )
    return last


def _hold(patient_id: UUID) -> Patient:
    """The patient's row, held until the end: one person's letters are written one at a time.

    Rows that are only ever added cannot be held: nobody has the right to change them.
    """
    return Patient.objects.select_for_update(no_key=True).get(pk=patient_id)


def _draft_of(sitting: UUID, step: str) -> Referral | None:
    """The draft of this step that stands; a step that was sent is not referred twice."""
    for made in Referral.objects.filter(sitting=sitting, step=step):
        last = made.events.order_by("id").last()
        if last and last.name == Name.DRAFTED:
            return made
        if last and last.name == Name.SENT:
            raise NotDone("The referral of this step was already sent. Open it on the summary.")
    return None


def _drafted(referral: Referral, draft: Draft, *, by: str, at: datetime) -> None:
    ReferralEvent.objects.create(
        referral=referral, name=Name.DRAFTED, to=one_line(draft.to), reason=draft.words,
        is_agreed=draft.is_agreed, although=draft.although, at=at, by=by,
    )  # fmt: skip


@contextmanager
def _refusing() -> Iterator[None]:
    """A letter that cannot be made is a thing not done, in the same sentence."""
    try:
        yield
    except LetterRefused as refused:
        raise NotDone(str(refused)) from refused


def _note(referral: Referral, did: str, *, by: str, at: datetime, why: str = "") -> None:
    audit.record(
        who=by, did=did, patient=referral.patient_id, about=f"referral {referral.pk}", why=why,
        at=at,
    )  # fmt: skip
