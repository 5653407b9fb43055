"""All writing of clinics: sittings, and the moves of a clinic day; history.py loads the past."""

from imparts.informatics.clinics.actions.clinic_day import (
    MoveRefused,
    PleaseWait,
    book,
    call_in,
    cancel,
    check_in,
    check_out,
    mark_did_not_attend,
    undo_check_in,
)
from imparts.informatics.clinics.actions.sessions import (
    SessionRefused,
    change_session,
    open_session,
    plan_session,
    remove_session,
)

__all__ = [
    "MoveRefused",
    "PleaseWait",
    "SessionRefused",
    "book",
    "call_in",
    "cancel",
    "change_session",
    "check_in",
    "check_out",
    "mark_did_not_attend",
    "open_session",
    "plan_session",
    "remove_session",
    "undo_check_in",
]
