"""All writing of access: staff, roles, one-time codes, tablets and the PIN that unlocks them."""

from imparts.access.actions.codes import CODE_LASTS, CodeRefused, choose_password, give_code
from imparts.access.actions.pins import PIN_PAUSE, PIN_TRIES, PinRefused, make_pin, unlock
from imparts.access.actions.roles import RoleRefused, administer_new, end_role, give_role
from imparts.access.actions.sessions import end_and_begin
from imparts.access.actions.staff import (
    StaffRefused,
    come_back,
    describe,
    invite,
    leave,
    set_reach,
)
from imparts.access.actions.tablets import (
    TabletRefused,
    add_tablet,
    bind_tablet,
    change_tablet,
    withdraw_tablet,
)

__all__ = [
    "CODE_LASTS",
    "PIN_PAUSE",
    "PIN_TRIES",
    "CodeRefused",
    "PinRefused",
    "RoleRefused",
    "StaffRefused",
    "TabletRefused",
    "add_tablet",
    "administer_new",
    "bind_tablet",
    "change_tablet",
    "choose_password",
    "come_back",
    "describe",
    "end_and_begin",
    "end_role",
    "give_code",
    "give_role",
    "invite",
    "leave",
    "make_pin",
    "set_reach",
    "unlock",
    "withdraw_tablet",
]
