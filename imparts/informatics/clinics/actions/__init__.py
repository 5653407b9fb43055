"""All writing of clinics: the moves of a clinic day; history.py loads the past."""

from imparts.informatics.clinics.actions.clinic_day import (
    MoveRefused,
    book,
    call_in,
    check_in,
    check_out,
    mark_did_not_attend,
    open_session,
    undo_check_in,
)

__all__ = [
    "MoveRefused",
    "book",
    "call_in",
    "check_in",
    "check_out",
    "mark_did_not_attend",
    "open_session",
    "undo_check_in",
]
