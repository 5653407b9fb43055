"""How far one service has come on its way to the first patient: read from what is there."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from imparts.access.models import Staff, Tablet
from imparts.access.queries import staff_at, tablets_of
from imparts.access.roles import May
from imparts.informatics.clinics.models import Appointment, ClinicSession
from imparts.informatics.clinics.queries import expected_at
from imparts.informatics.questionnaires.models import Invitation
from imparts.library import queries as library
from imparts.library.models import ContentVersion
from imparts.organisations.models import Service
from imparts.pathways.queries import cover_on, why_not_covered
from imparts.rules.pathways.self_harm import SELF_HARM

Kind = ContentVersion.Kind


@dataclass(frozen=True, slots=True)
class People:
    """Who may do what at a service on a day; each name once."""

    desk: tuple[str, ...]
    clinicians: tuple[str, ...]
    signers: tuple[str, ...]
    two_can_sign: bool
    """Whether what one person composes can be signed by another."""
    cannot_sign_in: tuple[str, ...]
    without_pin: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in the way of asking anyone anything; empty where nothing does."""

    texts: str
    pack: str
    pack_key: str
    instruments: tuple[tuple[str, str], ...]
    """Each instrument of the pack that is left out today, with why."""
    asked: int
    made_here: tuple[tuple[int, str, bool], ...]
    """Packs composed at this site: the version, its name, and whether it may be started."""
    pathways: tuple[str, ...]
    lacks_self_harm: str
    """The pathway for thoughts of self-harm, by its title, while it is not followed here."""
    could_follow: tuple[tuple[int, str], ...]
    """Pathways of the library that are not followed here: the version and its title."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One service, as the checklist reads it."""

    service: Service
    people: People
    content: Content
    tablets: tuple[Tablet, ...]
    session: ClinicSession | None
    """A sitting of today."""
    next_session_on: date | None
    test_booked: Appointment | None
    test_answered_at: datetime | None
    answered: int
    """How many sittings of people who are no test patients were sent."""
    not_covered: str
    """Why nobody can be asked today: who must still say that they answer for alerts."""
    owner: str
    deputy: str


def standing_of(service: Service, *, on: date) -> Standing:
    """Everything that the checklist asks. The caller has let the asker through."""
    sessions = ClinicSession.objects.filter(service=service)
    sent = Invitation.objects.filter(
        service=service, submitted_at__isnull=False, withdrawn_at__isnull=True
    )
    tests = sent.filter(patient__is_test=True).order_by("submitted_at")
    return Standing(
        service=service,
        people=_people(service, on=on),
        content=_content(service, on=on),
        tablets=tuple(tablets_of(service.pk)),
        session=sessions.filter(held_on=on).order_by("pk").first(),
        next_session_on=sessions.filter(held_on__gt=on)
        .order_by("held_on")
        .values_list("held_on", flat=True)
        .first(),
        test_booked=expected_at(service.pk, day=on).filter(patient__is_test=True).first(),
        test_answered_at=tests.values_list("submitted_at", flat=True).first(),
        answered=sent.filter(patient__is_test=False).count(),
        **_cover(service, on=on),
    )


def _cover(service: Service, *, on: date) -> dict[str, str]:
    """Whatever is asked later: a pack without a question about harm is no reason to skip this."""
    held = cover_on(service, on)
    return {
        "not_covered": why_not_covered(service, on, pack_asks_about_harm=True) or "",
        "owner": held.owner.staff.name if held.owner.staff else "",
        "deputy": held.deputy.staff.name if held.deputy.staff else "",
    }


def _people(service: Service, *, on: date) -> People:
    def may(what: May) -> list[Staff]:
        return staff_at(service.pk, may=what, on=on)

    desk, clinicians, signers = (
        may(May.HAND_OVER_TABLET), may(May.ACT_ON_ALERTS), may(May.SIGN_CONTENT),
    )  # fmt: skip
    composers = {each.pk for each in may(May.COMPOSE)}
    signing = {each.pk for each in signers}
    everyone = {each.pk: each for each in (*desk, *clinicians, *signers)}.values()
    return People(
        desk=_names(desk),
        clinicians=_names(clinicians),
        signers=_names(signers),
        two_can_sign=bool(composers and signing and len(composers | signing) > 1),
        # In the demonstration nobody has a password: people are picked there.
        cannot_sign_in=()
        if settings.IMPARTS_DEMO
        else _names([each for each in everyone if not each.has_usable_password()]),
        without_pin=_names([each for each in desk if not each.pin_hash]),
    )


def _names(staff: list[Staff]) -> tuple[str, ...]:
    return tuple(sorted(each.name for each in staff))


def _content(service: Service, *, on: date) -> Content:
    return Content(
        texts=_texts(service, on=on),
        **_pack(service, on=on),
        **_pathways(service, on=on),
    )


def _pathways(service: Service, *, on: date) -> dict[str, object]:
    followed = library.pathways_in_force(service.pk, on=on)
    keys = {each.id for each in followed}
    newest = library.newest_versions(Kind.PATHWAY)
    return {
        "pathways": tuple(each.title for each in followed),
        "lacks_self_harm": "" if SELF_HARM in keys else _title_of(newest.get(SELF_HARM)),
        "could_follow": tuple(
            (content.pk, library.pathway_of(content.pk).title)
            for key, content in sorted(newest.items())
            if key not in keys
        ),
    }


def _title_of(pathway: ContentVersion | None) -> str:
    return library.pathway_of(pathway.pk).title if pathway else SELF_HARM


def _texts(service: Service, *, on: date) -> str:
    """Why nothing can be said to patients; empty when it can."""
    try:
        library.patient_texts_for(service.organisation.nation, on=on)
    except library.NothingInForce as why:
        return str(why)
    return ""


def _pack(service: Service, *, on: date) -> dict[str, object]:
    try:
        content, pack = library.pack_in_force(service.pk, on=on)
    except library.NothingInForce:
        nothing = {"pack": "", "pack_key": "", "instruments": (), "asked": 0}
        return nothing | {"made_here": _made_here(on=on)}
    left_out = library.left_out_for(pack, on=on)
    return {
        "pack": pack.name,
        "pack_key": content.key,
        "instruments": left_out,
        "asked": len(pack.asks) - len(left_out),
        "made_here": (),
    }


def _made_here(*, on: date) -> tuple[tuple[int, str, bool], ...]:
    packs = library.newest_versions(Kind.PACK).values()
    return tuple(
        (one.pk, library.pack_of(one.pk).name, library.may_be_offered(one, on=on))
        for one in packs
        if not one.is_shipped
    )
