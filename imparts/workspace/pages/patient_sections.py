"""Beside a patient's visits: stay, diagnoses, pathway, treatments, referrals, closed alerts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from imparts.design.dates import day, short_day
from imparts.library import queries as library
from imparts.pathways.alert_words import asked_before
from imparts.pathways.queries import decisions_on
from imparts.rules.stays import Standing
from imparts.workspace.pages.diagnoses import diagnosis_words
from imparts.workspace.queries.one_patient import OnePatient, PastSitting

Called = Callable[[str], str]
DONE = "done"
CLOSED_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a section; with an address, its first words lead there."""

    first: str
    rest: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One heading and its lines; without lines it says so."""

    title: str
    lines: tuple[Line, ...]
    empty: str


def sections(found: OnePatient, *, called: Called, today: date) -> tuple[Section, ...]:
    """In the order in which they are asked for."""
    stay = (Section("In hospital", (_stay(found.stay),), ""),) if found.stay else ()
    return (
        *stay,
        Section("Diagnoses", tuple(_diagnoses(found)), "None has been recorded."),
        Section("Pathway", tuple(_pathway(found, called)), "No step is open."),
        Section("Asked again", tuple(_repeats(found, called)), "Nothing is booked."),
        Section("Offered", tuple(_offers(found, called)), "Nothing has been recorded as offered."),
        Section("Treatments", tuple(_treatments(found, today)), "None has been recorded."),
        Section("Referrals", tuple(_referrals(found)), "None has been made here."),
        Section("Letters", tuple(_letters(found)), "None has been made here."),
        Section("Alerts that were closed", tuple(_closed(found, called)), "None."),
    )


def _stay(stay: Standing) -> Line:
    since = f"since {day(stay.since)}, as the hospital record says" if stay.since else ""
    return Line(stay.place or "In hospital", since)


def _diagnoses(found: OnePatient) -> Iterable[Line]:
    href = reverse("workspace:diagnoses", args=[found.patient])
    for each in diagnosis_words(found.diagnoses):
        yield Line(each.words, each.rest, href)


def _pathway(found: OnePatient, called: Called) -> Iterable[Line]:
    """The steps still open after the last visit at each service, and where someone stepped out."""
    for sitting in _last_at_each_service(found.sittings):
        if sitting.entry is None:
            continue
        href = _visit(found, sitting)
        when = f"{sitting.service}, {short_day(sitting.on)}"
        if sitting.out:
            rest = f"{when}: {sitting.out.why}. {called(sitting.out.by)}"
            yield Line("Stepped out", rest, href)
            continue
        taken = decisions_on(sitting.entry)
        for step in sitting.entry.steps:
            if step["step_id"] not in taken:
                yield Line(step["verb_first"], f"{when}, open", href)


def _last_at_each_service(sittings: Sequence[PastSitting]) -> list[PastSitting]:
    first: dict[str, PastSitting] = {}
    for sitting in sittings:
        if sitting.is_sent:
            first.setdefault(sitting.service, sitting)
    return list(first.values())


def _visit(found: OnePatient, sitting: PastSitting) -> str:
    return reverse("workspace:visit", args=[found.patient, sitting.sitting])


def _repeats(found: OnePatient, called: Called) -> Iterable[Line]:
    for one, name in found.repeats:
        service = found.services.get(one.service_id, "")
        yield Line(name, f"from {day(one.due_on)}, {service}. {called(one.by)}")


def _offers(found: OnePatient, called: Called) -> Iterable[Line]:
    """Self-help that somebody accepted for the patient, by its name."""
    named = library.options()
    for sitting in found.sittings:
        last = decisions_on(sitting.entry) if sitting.entry else {}
        for row in last.values():
            code = (row.details or {}).get("self_help")
            if row.decision == DONE and code:
                name = named[code].name if code in named else str(code)
                yield Line(name, f"{short_day(row.at)}, {sitting.service}. {called(row.by)}")


def _treatments(found: OnePatient, today: date) -> Iterable[Line]:
    for one in reversed(found.treatments):
        began = day(one.began_on)
        if one.is_event:
            yield Line(one.what, began)
        elif one.ended_on and one.ended_on < today:
            yield Line(one.what, f"{began} to {day(one.ended_on)}")
        else:
            yield Line(one.what, f"since {began}")


def _referrals(found: OnePatient) -> Iterable[Line]:
    for story in found.referrals:
        state = story.last.get_name_display().lower()
        rest = f"{state}, {short_day(story.last.at)}, {story.referral.service.name}"
        href = reverse("workspace:referral", args=[story.referral.pk])
        yield Line(story.drafted.to or story.referral.to, rest, href)


def _letters(found: OnePatient) -> Iterable[Line]:
    for letter in found.letters:
        href = reverse("workspace:letter", args=[letter.pk])
        yield Line(
            letter.get_kind_display(), f"{short_day(letter.at)}, {letter.service.name}", href
        )


def _closed(found: OnePatient, called: Called) -> Iterable[Line]:
    stories = [s for sitting in found.sittings for s in sitting.alerts if s.closed]
    for story in stories[:CLOSED_SHOWN]:
        if story.closed:
            said = f"{asked_before(story)}{story.gravest.what}"
            rest = f"{short_day(story.gravest.at)}, closed {day(story.closed.at)}"
            href = reverse("workspace:alert", args=[story.alert.pk])
            yield Line(said, f"{rest}. {called(story.closed.by)}", href)
