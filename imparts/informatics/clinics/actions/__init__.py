"""All writing of clinics: sittings, the moves of a clinic day, stays; history.py loads the past."""

from imparts.informatics.clinics.actions.clinic_day import (
    MoveRefused,
    PleaseWait,
    book,
    call_in,
    cancel,
    check_in,
    check_out,
    mark_did_not_attend,
    move_to,
    undo_check_in,
)
from imparts.informatics.clinics.actions.sessions import (
    SessionRefused,
    change_session,
    open_session,
    plan_session,
    remove_session,
)
from imparts.informatics.clinics.actions.stays import StayRefused, say_of_stay

__all__ = [
    "MoveRefused",
    "PleaseWait",
    "SessionRefused",
    "StayRefused",
    "book",
    "call_in",
    "cancel",
    "change_session",
    "check_in",
    "check_out",
    "mark_did_not_attend",
    "move_to",
    "open_session",
    "plan_session",
    "remove_session",
    "say_of_stay",
    "undo_check_in",
]
