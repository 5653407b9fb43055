"""The list of colleagues, one colleague, and what a new one-time code looks like."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from imparts.access.roles import ROLES
from imparts.administration.pages.rooms import Link, choices, rooms
from imparts.design.dates import clock, day, local, short_day

if TYPE_CHECKING:
    from imparts.access.models import Membership
    from imparts.administration.forms.staff import (
        HowToReach,
        KnownColleague,
        NameAndTitle,
        NewColleague,
        RoleAtService,
    )
    from imparts.administration.queries.staff import Colleague
    from imparts.organisations.models import Service

NOT_YOURS = (
    "They also work at services that you do not set up ({}). Only an administrator of all their "
    "services gives a one-time code or takes them off."
)
SELF = "This is you. Another administrator changes your roles; your own page changes your password."


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One colleague in the list."""

    staff: int
    name: str
    job_title: str
    username: str
    roles: str
    sign_in: str
    has_pin: str
    is_gone: bool


@dataclass(frozen=True, slots=True)
class StaffList:
    """Everyone who works at the services that the reader sets up."""

    title: str
    rooms: tuple[Link, ...]
    services: tuple[Link, ...]
    rows: tuple[StaffRow, ...]

    @classmethod
    def of(
        cls, found: "Sequence[Colleague]", *, services: "Sequence[Service]", chosen: int
    ) -> "StaffList":
        """Those who are here first, then those who have left; of one service, or of all."""
        shown = [each for each in found if not chosen or _works_at(each, chosen)]
        return cls(
            title="Staff",
            rooms=rooms("Staff"),
            services=choices(services, chosen),
            rows=tuple(_row(each, several=len(services) > 1) for each in shown),
        )


def _works_at(one: "Colleague", service: int) -> bool:
    return any(each.service_id == service for each in (*one.memberships, *one.ended))


def _row(one: "Colleague", *, several: bool) -> StaffRow:
    staff = one.staff
    return StaffRow(
        staff=staff.pk,
        name=staff.name,
        job_title=staff.job_title,
        username=staff.username,
        roles=_roles(one, several=several) or "No role",
        sign_in=_sign_in(one),
        has_pin="Yes" if staff.pin_hash else "",
        is_gone=not staff.is_active,
    )


def _roles(one: "Colleague", *, several: bool) -> str:
    """Each role once, with its service, or with how many services there are of it."""
    by_role: dict[str, list[str]] = {}
    for each in one.memberships:
        name = ROLES[each.role].name if each.role in ROLES else each.role
        by_role.setdefault(name, []).append(each.service.name)
    if not several:
        return "; ".join(by_role)
    return "; ".join(
        f"{name}, {places[0] if len(places) == 1 else f'{len(places)} services'}"
        for name, places in by_role.items()
    )


def _sign_in(one: "Colleague") -> str:
    if not one.staff.is_active:
        return "Has left"
    if one.is_picked:
        return "Is picked, here in the demonstration"
    if one.code_ends_at:
        return f"Code until {_moment(one.code_ends_at)}"
    if not one.staff.has_usable_password():
        return "Cannot sign in yet"
    if one.staff.last_login is None:
        return "Can sign in"
    return f"Last {short_day(one.staff.last_login)}"


def _moment(at: datetime) -> str:
    return f"{short_day(at)}, {clock(at)}"


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One role that someone holds or held."""

    membership: int
    role: str
    explains: str
    service: str
    since: str
    can_end: bool


@dataclass(frozen=True, slots=True)
class OneTimeCode:
    """A code, shown once, with all that its owner needs to know."""

    code: str
    username: str
    name: str
    ends: str
    address: str

    @classmethod
    def of(cls, code: str, one: "Colleague", *, ends_at: datetime, address: str) -> "OneTimeCode":
        """What the administrator tells the person, or writes down for them."""
        ends = local(ends_at)
        name = one.staff.first_name or one.staff.username
        return cls(code, one.staff.username, name, f"{day(ends)} at {clock(ends)}", address)


@dataclass(frozen=True, slots=True)
class StaffPage:
    """One colleague: who they are, what they may do, and how they sign in."""

    title: str
    rooms: tuple[Link, ...]
    staff: int
    username: str
    is_gone: bool
    sign_in: str
    has_pin: bool
    roles: tuple[RoleRow, ...]
    ended: tuple[RoleRow, ...]
    note: str
    can_be_managed: bool
    has_password: bool
    can_get_roles: bool
    form: "NameAndTitle"
    role_form: "RoleAtService"
    reach_form: "HowToReach"
    one_service: str
    code: OneTimeCode | None
    status: int

    @classmethod
    def of(
        cls,
        one: "Colleague",
        *,
        reader: str,
        form: "NameAndTitle",
        role_form: "RoleAtService",
        reach_form: "HowToReach",
        code: OneTimeCode | None = None,
    ) -> "StaffPage":
        """Put one colleague into words, for the administrator who reads it."""
        staff, is_self = one.staff, one.staff.username == reader
        note = NOT_YOURS.format(", ".join(one.elsewhere)) if one.elsewhere else ""
        return cls(
            title=staff.name,
            rooms=rooms("Staff"),
            staff=staff.pk,
            username=staff.username,
            is_gone=not staff.is_active,
            sign_in=_sign_in(one),
            has_pin=bool(staff.pin_hash),
            roles=tuple(_held(each, is_self=is_self) for each in one.memberships),
            ended=tuple(_ended(each) for each in one.ended),
            note=SELF if is_self else note,
            can_be_managed=one.can_be_managed and not is_self,
            has_password=staff.has_usable_password(),
            can_get_roles=staff.is_active and not is_self and role_form.has_services,
            form=form,
            role_form=role_form,
            reach_form=reach_form,
            one_service=role_form.only_service,
            code=code,
            status=422 if form.errors or role_form.errors or reach_form.errors else 200,
        )


def _held(membership: "Membership", *, is_self: bool) -> RoleRow:
    return _role(membership, day(membership.from_on), can_end=not is_self)


def _ended(membership: "Membership") -> RoleRow:
    first, last = membership.from_on, membership.until_on or membership.from_on
    until = f"until {day(max(first, last))}"
    return _role(membership, f"{day(first)} {until}", can_end=False)


def _role(membership: "Membership", since: str, *, can_end: bool) -> RoleRow:
    role = ROLES.get(membership.role)
    return RoleRow(
        membership=membership.pk,
        role=role.name if role else membership.role,
        explains=role.explains if role else "",
        service=str(membership.service),
        since=since,
        can_end=can_end,
    )


@dataclass(frozen=True, slots=True)
class RoleChoice:
    """One role that can be given, with what it may do."""

    code: str
    name: str
    explains: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class JoinPage:
    """Adding a colleague: one form, and the roles explained beside their names."""

    title: str
    rooms: tuple[Link, ...]
    form: "NewColleague"
    known: "KnownColleague"
    roles: tuple[RoleChoice, ...]
    later: tuple[RoleChoice, ...]
    """Roles whose pages do not exist yet."""
    one_service: str
    status: int

    @classmethod
    def of(cls, form: "NewColleague", known: "KnownColleague") -> "JoinPage":
        """Roles that can do something today first."""
        chosen = form["role"].value()
        rows = [
            RoleChoice(role.code, role.name, role.explains, role.code == chosen)
            for role in ROLES.values()
        ]
        waits = {row.code for row in rows if row.explains.startswith("Will ")}
        return cls(
            title="Add a colleague",
            rooms=rooms("Staff"),
            form=form,
            known=known,
            roles=tuple(row for row in rows if row.code not in waits),
            later=tuple(row for row in rows if row.code in waits),
            one_service=form.only_service,
            status=422 if form.errors or known.errors else 200,
        )
