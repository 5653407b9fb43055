"""Alert stories: who took each past alert, how soon, and what was done; all of them are closed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from imparts.demo.past.courses import Attended
from imparts.demo.past.desks import Desk
from imparts.demo.past.sittings import Sitting
from imparts.pathways.actions.history import PastAlert, PastEvent
from imparts.rules.instruments.definition import Instrument
from imparts.rules.packs.asking import Question

_ACTIONS = (
    ("gp", "GP told by phone, with consent", 34),
    ("talking_therapies", "Would like to talk to someone; self-referral made together", 22),
    ("liaison", "Liaison saw the patient the same day, with consent", 16),
    ("none_needed", "Long-standing, care plan in place and known to the GP", 24),
    ("crisis_team", "Crisis team told, with consent", 3),
    ("emergency_department", "Walked over together", 1),
)
_AFTER_DECLINING = (
    ("none_needed", "Asked in person; did not want to answer on a tablet", 70),
    ("gp", "Asked in person; GP told, with consent", 20),
    ("talking_therapies", "Asked in person; would like help with mood", 10),
)
_PLANS = (("made", 30), ("updated", 18), ("not_made", 52))


def alerts_of(attended: Attended, chance: Random) -> Iterator[PastAlert]:
    """The alerts of one past sitting, as answering and leaving would have raised them."""
    desk, sitting = attended.desk, attended.sitting
    if sitting is None:
        return
    for question in sitting.asked:
        instrument = desk.instruments[question.instrument]
        if instrument.alerts and question.item.id in _watched(instrument):
            story = _story(desk, sitting, question, chance)
            if story:
                yield PastAlert(
                    attended.person.id, desk.service_id, sitting.id, attended.visit.id,
                    instrument.id, question.item.id, story[0].at, story,
                )  # fmt: skip


def _watched(instrument: Instrument) -> set[str | None]:
    flags = {flag.code: flag.item for flag in instrument.flags}
    return {flags[rule.flag] for rule in instrument.alerts}


def _story(
    desk: Desk, sitting: Sitting, question: Question, chance: Random
) -> tuple[PastEvent, ...]:
    place = sitting.asked.index(question)
    if sitting.stopped_after is not None and place >= sitting.stopped_after:
        at, by = sitting.ended_at, "patient"
        raised = PastEvent("raised", at, by, "stopped before this question", "not_reached")
        return (raised, *_closed(desk, at, told="", actions=_AFTER_DECLINING, chance=chance))
    at, value = sitting.reached_at(place), sitting.answer(question).value
    if value is None:
        raised = PastEvent("raised", at, "patient", "chose not to answer", "declined")
        told = desk.told_after_declining
        return (raised, *_closed(desk, at, told=told, actions=_AFTER_DECLINING, chance=chance))
    if value == 0:
        return ()
    words = question.item.label(value).lower()
    raised = PastEvent("raised", at, "patient", words, "positive", value)
    return (raised, *_closed(desk, at, told=desk.told, actions=_ACTIONS, chance=chance))


def _closed(
    desk: Desk,
    at: datetime,
    *,
    told: str,
    actions: tuple[tuple[str, str, int], ...],
    chance: Random,
) -> Iterator[PastEvent]:
    """Everything after an alert was raised. Half were taken within four minutes, a few late."""
    by = desk.nurse if chance.random() < 0.7 else desk.consultant
    yield PastEvent("delivered", at, "imparts", "Clinic list, alert list")
    if told:
        yield PastEvent("told", at + timedelta(seconds=chance.randrange(20, 120)), "imparts", told)
    minutes = chance.lognormvariate(1.39, 0.75)
    taken_at = at + timedelta(minutes=minutes)
    yield PastEvent("seen", at + timedelta(minutes=minutes * 0.6), by, "Opened the summary")
    yield PastEvent("acknowledged", taken_at, by, "“I'll ask now”. Owner until acted")
    acted_at = taken_at + timedelta(minutes=8 + chance.lognormvariate(2.2, 0.6))
    yield PastEvent("acted", acted_at, by, details=_details(acted_at, actions, chance))
    yield PastEvent("closed", acted_at, by)


def _details(
    at: datetime, actions: tuple[tuple[str, str, int], ...], chance: Random
) -> dict[str, str]:
    action, reason, _ = chance.choices(actions, [weight for *_, weight in actions])[0]
    plans, weights = zip(*_PLANS, strict=True)
    return {
        "talked_by": "me" if chance.random() < 0.9 else "someone_else",
        "action": action,
        "reason": reason,
        "safety_plan": chance.choices(plans, weights)[0],
        "follow_up_on": (at.date() + timedelta(days=chance.randrange(3, 22))).isoformat(),
        "follow_up_by": "Clinic nurse" if chance.random() < 0.6 else "Consultant",
    }
