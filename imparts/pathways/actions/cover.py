"""Cover: who answers for alerts on which day, who has said yes, and by which clocks."""

from datetime import date, datetime, time

from django.db import connection, transaction
from django.utils import timezone

from imparts.access.models import Staff
from imparts.audit import actions as audit
from imparts.live import actions as live
from imparts.organisations.models import Service
from imparts.outbox import actions as outbox
from imparts.pathways.actions.not_done import NotDone
from imparts.pathways.models import (
    AlertClocks,
    CoverAccepted,
    DayCover,
    Duty,
    LeaveCover,
    StandingCover,
)
from imparts.pathways.queries.cover import (
    MUST_ACCEPT,
    cover_on,
    owner_and_deputy_differ,
    who_could_hold,
)
from imparts.rules.alerting.clocks import DEFAULT_CLOCKS, Clocks, ClocksRefused

_LOCK_OF_COVER = 5
TWO_PEOPLE = "Owner and deputy must be two people. Choose somebody else."


def accept_cover(*, service: Service, on: date, duty: str, by: Staff, at: datetime) -> None:
    """Somebody says that they hold a duty on a day. Saying it twice changes nothing."""
    with transaction.atomic():
        _hold(service)
        if on < timezone.localdate(at):
            raise NotDone("This day is past.")
        held = cover_on(service, on).of(_known(duty))
        if held.staff != by:
            who = f"It is {held.staff.name}." if held.staff else "Nobody is named."
            raise NotDone(f"You are not {held.duty.label.lower()} here on this day. {who}")
        _, is_new = CoverAccepted.objects.get_or_create(
            service=service, on=on, duty=duty, staff=by, defaults={"at": at}
        )
        if is_new:
            _note(service, f"accepted cover as {duty}", by=by.username, at=at)


def name_cover_for_day(
    *, service: Service, on: date, duty: str, staff: Staff, by: str, at: datetime
) -> None:
    """Somebody holds a duty on one day, whoever else stands. They are told, and must accept."""
    with transaction.atomic():
        _hold(service)
        if on < timezone.localdate(at):
            raise NotDone("This day is past. Give today or a later day.")
        _refuse_who_cannot(staff, duty, service, on=on)
        DayCover.objects.create(service=service, on=on, duty=duty, staff=staff, by=by, at=at)
        _refuse_one_for_two(service, on)
        _ask(staff, service, duty, at=at)
        _note(service, f"named {duty} for a day", by=by, at=at, why=f"{staff.username} {on}")


def set_standing_cover(
    *, service: Service, duty: str, staff: Staff | None, from_on: date, by: str, at: datetime
) -> None:
    """Somebody, or nobody, holds a duty from a day on."""
    with transaction.atomic():
        _hold(service)
        if staff:
            _refuse_who_cannot(staff, duty, service, on=from_on)
        StandingCover.objects.create(
            service=service, duty=_known(duty), staff=staff, from_on=from_on, by=by, at=at
        )
        _refuse_one_for_two(service, max(from_on, timezone.localdate(at)))
        who = staff.username if staff else "nobody"
        _note(service, f"set standing {duty}", by=by, at=at, why=f"{who} from {from_on}")


def set_leave(
    *,
    staff: Staff,
    covered_by: Staff | None,
    from_on: date,
    until_on: date,
    by: str,
    at: datetime,
) -> None:
    """Somebody is away, and who stands in wherever they hold a duty; None takes it back.

    Whoever stands in must accept like everybody else.
    """
    if until_on < from_on:
        raise NotDone("The last day is before the first.")
    if covered_by == staff:
        raise NotDone("Nobody can stand in for themselves. Choose a colleague.")
    with transaction.atomic():
        LeaveCover.objects.create(
            staff=staff, covered_by=covered_by, from_on=from_on, until_on=until_on, by=by, at=at
        )
        did = "set leave cover" if covered_by else "took leave cover back"
        about = f"staff {staff.pk}"
        why = f"{covered_by.username if covered_by else ''} {from_on} to {until_on}".strip()
        audit.record(who=by, did=did, about=about, why=why, at=at)


def set_alert_clocks(
    *,
    service: Service,
    deputy_after: int,
    liaison_after: int,
    opens_at: time,
    closes_at: time,
    weekdays: str,
    unread_by: time,
    out_of_hours: str,
    act_within: int = DEFAULT_CLOCKS.act_within,
    by: str,
    at: datetime,
) -> None:
    """A service's clocks and hours from now on; an alert keeps those of when it was raised."""
    if not out_of_hours.strip():
        raise NotDone("Say what staff do outside these hours.")
    try:
        Clocks(
            deputy_after, liaison_after, opens_at, closes_at, weekdays, unread_by, out_of_hours,
            act_within,
        )  # fmt: skip
    except ClocksRefused as why:
        raise NotDone(str(why)) from why
    with transaction.atomic():
        AlertClocks.objects.create(
            service=service, deputy_after=deputy_after, liaison_after=liaison_after,
            opens_at=opens_at, closes_at=closes_at, weekdays="".join(sorted(set(weekdays))),
            unread_by=unread_by, out_of_hours=out_of_hours.strip(), act_within=act_within,
            by=by, at=at,
        )  # fmt: skip
        _note(service, "set alert clocks", by=by, at=at, why=f"{deputy_after} {liaison_after}")


def _refuse_who_cannot(staff: Staff, duty: str, service: Service, *, on: date) -> None:
    if staff not in who_could_hold(_known(duty), service, on=on):
        needs = "see the cover of" if duty == Duty.MANAGER else "act on alerts at"
        raise NotDone(
            f"{staff.name} may not {needs} this service on that day. Choose a colleague who may, "
            "or give them a role here first."
        )


def _refuse_one_for_two(service: Service, on: date) -> None:
    """Asked after storing, with leave and all: the refusal takes the row back."""
    if not owner_and_deputy_differ(service, on):
        raise NotDone(TWO_PEOPLE)


def _known(duty: str) -> str:
    if duty not in Duty.values:
        raise NotDone("Choose one of the duties shown.")
    return duty


def _ask(staff: Staff, service: Service, duty: str, *, at: datetime) -> None:
    """Owner and deputy must accept before anyone is asked; the others are only called."""
    if duty in MUST_ACCEPT:
        outbox.post_all(
            [outbox.new_notice(kind="cover_asked", staff=staff.pk, service=service.pk, at=at)]
        )


def _hold(service: Service) -> None:
    """One change of a service's cover at a time, or two could make one person hold both duties."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [_LOCK_OF_COVER, service.pk])


def _note(service: Service, did: str, *, by: str, at: datetime, why: str = "") -> None:
    audit.record(who=by, did=did, about=f"service {service.pk}", why=why, at=at)
    live.tell(service=service.pk, what="clinic")
