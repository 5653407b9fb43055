"""Who works at the services that someone sets up, and whether they can sign in yet."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import Http404

from imparts.access.models import Membership, SignInCode, Staff
from imparts.access.queries import Asking
from imparts.access.roles import May


@dataclass(frozen=True, slots=True)
class Colleague:
    """One member of staff, with the roles that the asker may see."""

    staff: Staff
    memberships: tuple[Membership, ...]
    """Those in force on the day, at services that the asker sets up."""
    ended: tuple[Membership, ...]
    elsewhere: tuple[str, ...]
    """Other services at which they hold a role on the day."""
    code_ends_at: datetime | None
    is_picked: bool
    """In the demonstration nobody has a password: people are picked there."""

    @property
    def can_be_managed(self) -> bool:
        """Whether a one-time code or leaving is for the asker to decide."""
        return not self.elsewhere


def colleagues(asking: Asking, *, on: date, at: datetime) -> list[Colleague]:
    """Everyone who has or had a role at the asker's services, and those who have none anywhere."""
    return [_colleague(each, asking, on=on, at=at) for each in _visible(asking)]


def colleague_for(asking: Asking, staff_id: int, *, on: date, at: datetime) -> Colleague:
    """One of them; 404 otherwise."""
    found = _visible(asking).filter(pk=staff_id).first()
    if found is None:
        raise Http404
    return _colleague(found, asking, on=on, at=at)


def known_as(username: str) -> Staff | None:
    """Whoever signs in with this name, wherever they work."""
    return Staff.objects.filter(username__iexact=username).first()


def membership_for(asking: Asking, membership_id: int) -> Membership:
    """One role at a service that the asker sets up; 404 otherwise."""
    found = (
        Membership.objects.select_related("staff", "service__organisation")
        .filter(pk=membership_id, service_id__in=asking.services_where(May.SET_UP))
        .first()
    )
    if found is None:
        raise Http404
    return found


def myself(asking: Asking) -> Staff:
    """The member of staff who asks."""
    return Staff.objects.get(pk=asking.staff_id)


def _visible(asking: Asking) -> QuerySet[Staff]:
    anywhere = Membership.objects.filter(staff=OuterRef("pk"))
    mine = anywhere.filter(service_id__in=asking.services_where(May.SET_UP))
    return (
        Staff.objects.filter(Exists(mine) | ~Exists(anywhere))
        .prefetch_related(
            Prefetch(
                "memberships",
                Membership.objects.select_related("service__organisation").order_by(
                    "service__name", "role"
                ),
            ),
            Prefetch("codes", SignInCode.objects.filter(used_at__isnull=True).order_by("-ends_at")),
        )
        .order_by("-is_active", "last_name", "first_name", "username")
    )


def _colleague(staff: Staff, asking: Asking, *, on: date, at: datetime) -> Colleague:
    mine = asking.services_where(May.SET_UP)
    held = [
        each for each in staff.memberships.all() if each.until_on is None or each.until_on >= on
    ]
    ended = [each for each in staff.memberships.all() if each not in held]
    codes = [code.ends_at for code in staff.codes.all() if code.ends_at > at]
    return Colleague(
        staff=staff,
        memberships=tuple(each for each in held if each.service_id in mine),
        ended=tuple(each for each in ended if each.service_id in mine),
        elsewhere=tuple(str(each.service) for each in held if each.service_id not in mine),
        code_ends_at=codes[0] if codes else None,
        is_picked=settings.IMPARTS_DEMO and not staff.has_usable_password() and not codes,
    )
