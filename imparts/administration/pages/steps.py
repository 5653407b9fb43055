"""The steps of the checklist, in the order of doing: whether each is done, and how it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from imparts.design.dates import clock, day, long_day
from imparts.design.words import counted

if TYPE_CHECKING:
    from imparts.administration.queries.standing import Standing

Where = tuple[str, str]  # what a page is called, and its address


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: whether it is done, how it stands, and where it is done."""

    title: str
    is_done: bool
    said: str
    do: str
    href: str
    state: str = ""
    """Done, Next or To do: worked out from the other steps."""
    links: tuple[tuple[str, str], ...] = ()
    """Pages of single things that this step is about: what each is called, and where it is."""


def steps_of(standing: "Standing", *, may_sign: bool, today: date) -> tuple[Step, ...]:
    """All of them; whoever does not sign themself is sent to see what is signed."""
    to_sign = _to_sign() if may_sign else _to_packs()
    return (
        _service(standing),
        _colleagues(standing),
        _two_people(standing),
        _texts(standing, to_sign),
        _pack(standing, to_sign),
        _pathways(standing, to_sign),
        _cover(standing),
        _tablet(standing),
        _pins(standing),
        _clinic(standing, today=today),
        _test_patient(standing),
        _first_answer(standing),
    )


def _service(standing: "Standing") -> Step:
    service = standing.service
    return Step(
        "Organisation and service", True,
        f"{service.name} of {service.organisation.name}"
        + (f", {service.site}." if service.site else ". Add the hospital or site if it has one."),
        "Services", reverse("administration:services"),
    )  # fmt: skip


def _colleagues(standing: "Standing") -> Step:
    people = standing.people
    waiting = set(people.cannot_sign_in)
    missing = []
    if not people.desk:
        missing.append("a receptionist or nurse who hands over the tablet")
    if not people.clinicians:
        missing.append("a nurse or doctor who takes alerts")
    if missing:
        said = f"Add {' and '.join(missing)}."
    elif waiting:
        said = f"Waiting for a first sign-in: {_few(people.cannot_sign_in)}."
    else:
        said = f"At the desk: {_few(people.desk)}. Takes alerts: {_few(people.clinicians)}."
    done = bool(set(people.desk) - waiting and set(people.clinicians) - waiting)
    return Step("Colleagues", done, said, "Staff", reverse("administration:staff"))


def _two_people(standing: "Standing") -> Step:
    people = standing.people
    if not people.signers:
        said = "Add a consultant or another clinician who may sign questionnaires for this site."
    elif not people.two_can_sign:
        said = "Only one person could both compose and sign. Add a second one."
    else:
        said = f"May sign: {_few(people.signers)}. Nobody signs what they composed themselves."
    done = bool(people.signers) and people.two_can_sign
    return Step(
        "One who signs, another who composes", done, said, "Staff",
        reverse("administration:staff"),
    )  # fmt: skip


def _texts(standing: "Standing", to_sign: Where) -> Step:
    why = standing.content.texts
    said = (
        f"Have what patients are told after a hard answer signed by {_signer(standing)}."
        if why
        else "What patients are told after a hard answer is signed."
    )
    return Step("Texts for patients", not why, said, *to_sign)


def _pack(standing: "Standing", to_sign: Where) -> Step:
    content = standing.content
    title = "Questionnaires and pack"
    if not content.pack:
        said, links = _no_pack_yet(standing)
        return Step(title, False, said, *_to_packs(), links=links)
    if content.instruments:
        names = ", ".join(key for key, _ in content.instruments)
        some = f"{content.pack} is in force, but these are not asked: {names}."
        why = content.instruments[0][1]
        return Step(title, False, f"{some} {why}", *to_sign)
    asked = counted(content.asked, "questionnaire")
    return Step(title, True, f"{content.pack} asks {asked}.", *_to_packs())


def _no_pack_yet(standing: "Standing") -> tuple[str, tuple[tuple[str, str], ...]]:
    """What to do for a pack: compose it, have it signed, or start what is signed."""
    made = standing.content.made_here
    ready = [one for one in made if one[2]]
    if ready:
        said = "Signed, and not asked anywhere yet. Open it, and choose when and where it starts."
    elif made:
        said = f"Composed, and to be signed with its questionnaires by {_signer(standing)}."
    else:
        said = (
            "Copy or compose a pack, have it signed with its questionnaires by "
            f"{_signer(standing)}, and start it."
        )
    links = tuple((name, reverse("authoring:version", args=[pk])) for pk, name, _ in ready or made)
    return said, links


def _pathways(standing: "Standing", to_sign: Where) -> Step:
    """Without the steps for thoughts of self-harm a service is not ready, whatever else it has."""
    found, missing = standing.content.pathways, standing.content.lacks_self_harm
    followed = f"Followed here: {'; '.join(found)}." if found else ""
    wanted = (
        f"Missing, and wanted at every service: \u201c{missing}\u201d. Have it signed by "
        f"{_signer(standing)}, and start it."
    )
    said = " ".join(filter(None, (followed, wanted if missing else "")))
    links = tuple(
        (title, reverse("authoring:version", args=[pk]))
        for pk, title in standing.content.could_follow
    )
    return Step("Pathways", not missing, said, *to_sign, links=links if missing else ())


def _cover(standing: "Standing") -> Step:
    """Nobody is asked about harm on a day on which nobody has said that they answer for it."""
    said = (
        standing.not_covered
        or f"{standing.owner} and {standing.deputy} have both accepted for today."
    )
    return Step(
        "Who answers for alerts", not standing.not_covered, said, "Cover",
        reverse("workspace:cover", args=[standing.service.pk]),
    )  # fmt: skip


def _to_sign() -> Where:
    return "Sign", reverse("authoring:signing")


def _to_packs() -> Where:
    return "Packs", reverse("authoring:packs")


def _signer(standing: "Standing") -> str:
    """Who signs here, by name when it is one person."""
    signers = standing.people.signers
    return signers[0] if len(signers) == 1 else "someone who may sign"


def _tablet(standing: "Standing") -> Step:
    bound = [each for each in standing.tablets if each.secret_hash]
    if not standing.tablets:
        said = "Add a tablet, then open its page on the device itself."
    elif not bound:
        said = f"{standing.tablets[0].name} is on the list. Open its page on the device itself."
    else:
        said = f"Ready: {_few(tuple(each.name for each in bound))}."
    return Step("Tablet", bool(bound), said, "Tablets", reverse("administration:tablets"))


def _pins(standing: "Standing") -> Step:
    people = standing.people
    have = len(people.desk) - len(people.without_pin)
    if not people.desk:
        said = "Whoever hands over a tablet makes their own PIN, on the page under their name."
    elif not have:
        said = (
            "Nobody who hands over the tablet has a PIN yet. Each makes their own, on the page "
            "under their name, top right."
        )
    elif people.without_pin:
        missing = _few(people.without_pin)
        said = f"{have} of {len(people.desk)} can unlock a tablet. No PIN yet: {missing}."
    else:
        said = "Everyone at the desk can unlock a tablet."
    return Step("Tablet PINs", have > 0, said, "Staff", reverse("administration:staff"))


def _clinic(standing: "Standing", *, today: date) -> Step:
    session = standing.session
    if session:
        said = f"{session.get_part_display()} clinic today, {long_day(today)}."
    elif standing.next_session_on:
        said = f"None today; the next is on {day(standing.next_session_on)}. Add one for today."
    else:
        said = "Add a clinic for today."
    return Step("A clinic today", bool(session), said, "Clinics", reverse("administration:clinics"))


def _test_patient(standing: "Standing") -> Step:
    booked, answered = standing.test_booked, standing.test_answered_at
    if booked:
        said = f"{booked.patient.name}, {clock(booked.at)} today."
    elif answered:
        said = "A test patient has been here before."
    else:
        said = "Add one in one step, on the page of today's clinic. It is nobody real."
    return Step(
        "A test patient", bool(booked or answered), said, "Clinics",
        reverse("administration:clinics"),
    )  # fmt: skip


def _first_answer(standing: "Standing") -> Step:
    at = standing.test_answered_at
    if standing.answered:
        said = f"{counted(standing.answered, 'patient')} answered so far."
    elif at:
        said = (
            f"The test patient's answers came in on {day(at)} at {clock(at)}. Nothing of them goes "
            "to the hospital record."
        )
    else:
        said = (
            "Hand the tablet to the test patient, answer, and read the summary in the clinic list."
        )
    return Step(
        "The first answers", bool(at or standing.answered), said, "Tablets",
        reverse("administration:tablets"),
    )  # fmt: skip


def _few(names: Sequence[str]) -> str:
    """Two names, and how many more."""
    if len(names) <= 3:
        return ", ".join(names)
    return f"{', '.join(names[:2])} and {len(names) - 2} more"
