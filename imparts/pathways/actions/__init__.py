"""All writing of pathways: alerts and suggested steps; history.py loads the past."""

from imparts.pathways.actions.alerts import (
    Name,
    acknowledge_alert,
    note_answer,
    raise_alert,
    record_seen,
    record_told,
    record_what_was_done,
    record_wish_to_talk,
)
from imparts.pathways.actions.not_done import NotDone
from imparts.pathways.actions.steps import decide_step, follow

__all__ = [
    "Name",
    "NotDone",
    "acknowledge_alert",
    "decide_step",
    "follow",
    "note_answer",
    "raise_alert",
    "record_seen",
    "record_told",
    "record_what_was_done",
    "record_wish_to_talk",
]
