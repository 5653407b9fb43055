"""Cover: who answers for a service's alerts on a day, whether they said yes, and who must still."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from imparts.access.models import Staff
from imparts.access.queries import ids_of_staff_at, staff_at
from imparts.access.roles import May
from imparts.organisations.models import Service
from imparts.pathways.models import CoverAccepted, DayCover, Duty, LeaveCover, StandingCover

STANDING, NAMED = "standing", "named for today"
MUST_ACCEPT = (Duty.OWNER, Duty.DEPUTY)
_WHERE = "on the page “Who answers for alerts”"


@dataclass(frozen=True, slots=True)
class CoverHeld:
    """One duty of one service on one day."""

    duty: Duty
    staff: Staff | None
    is_accepted: bool
    because: str
    """ "standing", "named for today" or "covers leave of X"; with nobody, why there is nobody."""


@dataclass(frozen=True, slots=True)
class Cover:
    """Who holds each duty of a service on a day."""

    service: Service
    on: date
    owner: CoverHeld
    deputy: CoverHeld
    liaison: CoverHeld
    manager: CoverHeld

    @property
    def all(self) -> tuple[CoverHeld, ...]:
        """In the order in which they are called."""
        return self.owner, self.deputy, self.liaison, self.manager

    def of(self, duty: str) -> CoverHeld:
        """One duty, by its name."""
        return next(held for held in self.all if held.duty == duty)


def cover_on(service: Service, day: date) -> Cover:
    """Who holds each duty on a day.

    Somebody named for the day before whoever stands; whoever is away, by the colleague who stands
    in. Somebody who has left, or no longer works here, holds nothing: then nobody does.
    """
    accepted = set(
        CoverAccepted.objects.filter(service=service, on=day).values_list("duty", "staff_id")
    )
    needed = tuple(_needed(duty) for duty in Duty)
    able = dict(zip(Duty, ids_of_staff_at(service.pk, may=needed, on=day), strict=True))
    chosen, stand_ins = _chosen(service, day=day), _stand_ins(day=day)
    held = {duty: _held(duty, chosen.get(duty), stand_ins, able=able[duty]) for duty in Duty}
    return Cover(service, day, *(
        replace(one, is_accepted=bool(one.staff and (duty, one.staff.pk) in accepted))
        for duty, one in held.items()
    ))  # fmt: skip


def who_could_hold(duty: str, service: Service, *, on: date) -> list[Staff]:
    """Staff of a service who could hold a duty on a day, by name.

    Owner, deputy and liaison act on alerts. The manager finds somebody who does.
    """
    return sorted(staff_at(service.pk, may=_needed(duty), on=on), key=lambda staff: staff.name)


def why_not_covered(service: Service, day: date, pack_asks_about_harm: bool) -> str | None:
    """Why nobody can be asked today, in a sentence that says who must do what; None when all is
    well, or nothing is asked that could raise an alert."""
    if not pack_asks_about_harm:
        return None
    cover = cover_on(service, day)
    nobody = [held for held in (cover.owner, cover.deputy) if held.staff is None]
    if nobody:
        who = " and no ".join(_duty(held) for held in nobody)
        why = "".join(f" {held.because}." for held in nobody if held.because)
        return f"This clinic has no {who} for its alerts today.{why} Name one {_WHERE}."
    if cover.owner.staff == cover.deputy.staff:
        return (
            f"{_named(cover.owner)} is both owner and deputy for this clinic's alerts today. "
            f"They must be two people. Change one of them {_WHERE}."
        )
    waiting = [held for held in (cover.owner, cover.deputy) if not held.is_accepted]
    if not waiting:
        return None
    names = " and ".join(f"{_named(held)} ({_duty(held)})" for held in waiting)
    return f"Before anyone is asked today, {names} must first accept, {_WHERE}."


def owner_and_deputy_differ(service: Service, day: date) -> bool:
    """Whether they are two people on a day, or one of them is nobody."""
    cover = cover_on(service, day)
    return cover.owner.staff is None or cover.owner.staff != cover.deputy.staff


def leave_of(service: Service, *, from_on: date) -> list[LeaveCover]:
    """Leave of a service's staff that has not ended by a day and was not taken back, in order."""
    here = {s.pk for duty in Duty for s in who_could_hold(duty, service, on=from_on)}
    rows = LeaveCover.objects.filter(staff_id__in=here, until_on__gte=from_on)
    last = {
        (row.staff_id, row.from_on, row.until_on): row
        for row in rows.select_related("staff", "covered_by").order_by("id")
    }
    found = (row for row in last.values() if row.covered_by_id is not None)
    return sorted(found, key=lambda row: (row.from_on, row.staff.name))


def _needed(duty: str) -> May:
    return May.SEE_COVER if duty == Duty.MANAGER else May.ACT_ON_ALERTS


def _chosen(service: Service, *, day: date) -> dict[str, tuple[Staff | None, str]]:
    """Whom somebody has chosen for each duty, and how; the last row counts."""
    stands = StandingCover.objects.filter(service=service, from_on__lte=day)
    named = DayCover.objects.filter(service=service, on=day)
    found: dict[str, tuple[Staff | None, str]] = {
        row.duty: (row.staff, STANDING)
        for row in stands.select_related("staff").order_by("from_on", "id")
    }
    return found | {
        row.duty: (row.staff, NAMED) for row in named.select_related("staff").order_by("id")
    }


def _stand_ins(*, day: date) -> dict[int, Staff | None]:
    """Who stands in for whom on a day; the last row counts, and nobody takes leave back."""
    rows = LeaveCover.objects.filter(from_on__lte=day, until_on__gte=day)
    return {
        row.staff_id: row.covered_by for row in rows.select_related("covered_by").order_by("id")
    }


def _held(
    duty: Duty,
    chosen: tuple[Staff | None, str] | None,
    stand_ins: Mapping[int, Staff | None],
    *,
    able: Collection[int],
) -> CoverHeld:
    if chosen is None or chosen[0] is None:
        return CoverHeld(duty, None, False, "")
    staff, because = _present(chosen[0], chosen[1], stand_ins)
    if staff is None:
        return CoverHeld(duty, None, False, because)
    if staff.pk not in able:
        return CoverHeld(duty, None, False, f"{staff.name} can no longer do this here")
    return CoverHeld(duty, staff, False, because)


def _present(
    staff: Staff, because: str, stand_ins: Mapping[int, Staff | None]
) -> tuple[Staff | None, str]:
    """Whoever stands in while someone is away, and while they are away themself, and so on."""
    away: list[Staff] = []
    while stands_in := stand_ins.get(staff.pk):
        away.append(staff)
        staff, because = stands_in, f"covers leave of {away[0].name}"
        if staff in away:
            return None, f"{' and '.join(each.name for each in away)} are away"
    return staff, because


def _named(held: CoverHeld) -> str:
    return held.staff.name if held.staff else "nobody"


def _duty(held: CoverHeld) -> str:
    return str(held.duty.label).lower()
