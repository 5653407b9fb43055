"""One's own page: who one is here, what one may do, the tablet's PIN and the password."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imparts.access.roles import ROLES, May

if TYPE_CHECKING:
    from imparts.access.models import Staff
    from imparts.access.queries import Asking
    from imparts.administration.forms.staff import HowToReach


@dataclass(frozen=True, slots=True)
class MyRole:
    """One role, in words."""

    name: str
    explains: str
    may: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MyPage:
    """What a member of staff may see and change about themself."""

    title: str
    name: str
    username: str
    job_title: str
    roles: tuple[MyRole, ...]
    uses_tablets: bool
    has_pin: bool
    pin: str
    reach_form: "HowToReach"

    @classmethod
    def of(
        cls, asking: "Asking", staff: "Staff", *, reach_form: "HowToReach", pin: str = ""
    ) -> "MyPage":
        """`pin` is a new one, shown once."""
        return cls(
            title="Your page",
            name=staff.name,
            username=staff.username,
            job_title=staff.job_title,
            roles=tuple(_role(code) for code in sorted(asking.role_codes)),
            uses_tablets=asking.may(May.HAND_OVER_TABLET),
            has_pin=bool(staff.pin_hash),
            pin=f"{pin[:3]} {pin[3:]}" if pin else "",
            reach_form=reach_form,
        )


def _role(code: str) -> MyRole:
    role = ROLES[code]
    return MyRole(role.name, role.explains, tuple(what.value for what in May if what in role.may))
