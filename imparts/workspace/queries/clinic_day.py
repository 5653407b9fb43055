"""One sitting of a clinic: everyone expected, with what each role may know of them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.conf.locale import LANG_INFO

from imparts.access.models import Tablet
from imparts.access.queries import tablets_of
from imparts.design.dates import clock, local, local_or_none
from imparts.design.words import Phrase
from imparts.informatics.clinics import queries as clinics
from imparts.informatics.clinics.models import Appointment, ClinicSession
from imparts.informatics.questionnaires.queries.days import Offer, offers_for
from imparts.informatics.results.queries import scores_of
from imparts.pathways import queries as pathways
from imparts.pathways.alert_words import asked_in_full, asked_in_short, to_do, to_do_in_row
from imparts.pathways.models import PathwayEntry
from imparts.pathways.queries import AlertStory, called_by, decisions_on
from imparts.people.models import Patient
from imparts.workspace.queries.courses import courses
from imparts.workspace.queries.measures import Shown, last_measured, measured_in
from imparts.workspace.queries.names import called
from imparts.workspace.visits import Asking, OpenAlert, Visit

_STATES = {
    "none": Asking.NO_TABLET,
    "answering": Asking.ANSWERING,
    "stopped": Asking.STOPPED,
    "finished": Asking.FINISHED,
    "declined": Asking.DECLINED,
    "no_time": Asking.NO_TIME,
    "other": Asking.OTHER,
}
Named = Callable[[str], str]
_SILENT_AFTER = timedelta(hours=1)


def visits_at_desk(session: ClinicSession) -> list[Visit]:
    """For the desk: who is here and how far the tablet has come; no answers, scores or reasons."""
    visits = [visit.at_desk for visit in _visits(session)]
    stopped = pathways.who_is_stopped_at_the_desk(session.service_id)
    # All that the desk may know of an alert is to ask the person to wait.
    return [replace(v, must_wait=bool({v.patient, v.record} & stopped)) for v in visits]


def visits_of_clinic(session: ClinicSession, shown: Shown) -> list[Visit]:
    """For nurses and doctors of the service: measures, open alerts and what has been done."""
    visits = _visits(session)
    sittings = [v.invitation for v in visits if v.invitation]
    scores = scores_of(sittings)
    alerts = pathways.alerts_about(sittings)
    entries = pathways.entries_about(sittings)
    course = courses(
        {v.patient for v in visits}, services=[session.service_id], instruments=shown.ids
    )
    known_as = called(_named(alerts.values(), entries.values()))
    made = []
    for visit in visits:
        of_sitting = scores.get(visit.invitation, {}) if visit.invitation else {}
        stories = alerts.get(visit.invitation, []) if visit.invitation else []
        entry = entries.get(visit.invitation) if visit.invitation else None
        made.append(
            replace(
                visit,
                measures=measured_in(of_sitting, course, visit.patient)
                if of_sitting
                else last_measured(course, visit.patient, shown),
                # Nobody is called for the other tiers: they wait in the worklist of the alerts.
                alerts=tuple(
                    _open(s, known_as) for s in stories if s.tier == "A" and not s.is_closed
                ),
                next_step=_next_step(entry),
                done=_done(stories, entry, known_as),
            )
        )
    return made


def tablets_line(service_id: int, visits: Iterable[Visit], *, at: datetime) -> tuple[Phrase, ...]:
    """Which tablets are free, in use, or have not been seen for an hour."""
    in_use = {visit.tablet.lower() for visit in visits if visit.tablet}
    free, silent = [], []
    for tablet in tablets_of(service_id):
        if tablet.name.lower() in in_use or tablet.seen_at is None:
            continue
        (silent if at - tablet.seen_at > _SILENT_AFTER else free).append(tablet)
    said: list[Phrase] = []
    if free:
        said.append(Phrase(f"Tablets free: {', '.join(_short(t.name) for t in free)}.", True))
    if in_use:
        names = ", ".join(sorted(_short(name) for name in in_use))
        said.append(Phrase(f" In use: {names}." if free else f"Tablets in use: {names}."))
    said += [Phrase(f" {_silence(t, at)}") for t in silent]
    return tuple(said)


def _short(name: str) -> str:
    return name.lower().removeprefix("tablet ")


def _silence(tablet: Tablet, at: datetime) -> str:
    seen_at = local(tablet.seen_at)
    today = seen_at.date() == local(at).date()
    return f"{tablet.name} not seen {f'since {clock(seen_at)}' if today else 'today'}."


def _visits(session: ClinicSession) -> list[Visit]:
    appointments = list(clinics.appointments_of(session))
    offers = offers_for([a.pk for a in appointments])
    return [_visit(appointment, offers[appointment.pk]) for appointment in appointments]


def _visit(appointment: Appointment, offer: Offer) -> Visit:
    patient = appointment.patient
    return Visit(
        appointment=appointment.pk,
        invitation=offer.invitation,
        patient=patient.merged_into_id or patient.pk,
        record=patient.pk,
        family_name=patient.family_name,
        given_name=patient.given_name,
        born_on=patient.born_on,
        at=local(appointment.at),
        state=appointment.state,
        place=appointment.place or "",
        moved_at=local_or_none(appointment.state_at),
        arrived_at=local_or_none(appointment.arrived_at),
        asking=_STATES[offer.state],
        asked_at=local_or_none(offer.finished_at or offer.said_at),
        answered=offer.answered,
        of=offer.asked,
        tablet=offer.tablet,
        was_helped=offer.helped,
        asked_for_help_at=local_or_none(offer.asked_for_help_at),
        note=_note(patient),
        is_test=patient.is_test,
        asks_more=offer.asks_more,
    )


def _note(patient: Patient) -> str:
    """What the desk should know before handing over."""
    said = []
    if patient.needs_interpreter:
        language = LANG_INFO.get(patient.language, {}).get("name", patient.language)
        said.append(f"{language} interpreter")
    if patient.information_needs.get("large_text"):
        said.append("Large text")
    return ". ".join(said)


def _named(stories: Iterable[Sequence[AlertStory]], entries: Iterable[PathwayEntry]) -> set[str]:
    names = called_by(story for each in stories for story in each)
    return names | {taken.by for entry in entries for taken in entry.taken.all()}


def _open(story: AlertStory, known_as: Named) -> OpenAlert:
    taken = story.taken
    later = [rung for rung in story.rungs if rung.duty != "owner"]
    ahead = [rung for rung in later if rung.is_needed and not rung.called]
    return OpenAlert(
        id=story.alert.pk,
        do=story.do.rstrip(".") or to_do(story.kind),
        do_in_row=story.do_in_row or to_do_in_row(story.kind, asked_in_short(story)),
        question=asked_in_full(story),
        answer=story.gravest.what,
        deputy_at=ahead[0].at if ahead else story.deputy_at,
        next_duty=ahead[0].duty if ahead else "",
        called=tuple((rung.duty, local(rung.called.at)) for rung in later if rung.called),
        handed_to=known_as(story.handed_on.for_whom) if story.handed_on else "",
        taken_by=known_as(taken.by) if taken else "",
        taken_at=local_or_none(taken.at) if taken else None,
    )


def _next_step(entry: PathwayEntry | None) -> str:
    """The first suggestion that nobody has decided on."""
    if entry is None:
        return ""
    decided = decisions_on(entry)
    return next((s["verb_first"] for s in entry.steps if s["step_id"] not in decided), "")


def _done(stories: Sequence[AlertStory], entry: PathwayEntry | None, known_as: Named) -> str:
    """What has been done about the answers, in a few words; empty while something is open."""
    for story in stories:
        if story.acted and story.acted.details.get("talked_by") in ("me", "someone_else"):
            return f"{known_as(story.acted.by)} talked {clock(story.acted.at)}"
    if entry is None or _next_step(entry):
        return ""
    if not entry.steps:
        return "Nothing suggested"
    verbs = {step["step_id"]: step["verb_first"] for step in entry.steps}
    done = [step for step, taken in decisions_on(entry).items() if taken.decision == "done"]
    return f"{verbs[done[-1]]}: done" if done else "Not now"
