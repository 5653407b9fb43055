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
from imparts.pathways.actions.repeats import book_repeat, take_back_repeat
from imparts.pathways.actions.stepping_out import come_back, step_out
from imparts.pathways.actions.steps import decide_step, follow
from imparts.pathways.actions.waits import enter_wait

__all__ = [
    "Name",
    "NotDone",
    "acknowledge_alert",
    "book_repeat",
    "come_back",
    "decide_step",
    "enter_wait",
    "follow",
    "note_answer",
    "raise_alert",
    "record_seen",
    "record_told",
    "record_what_was_done",
    "record_wish_to_talk",
    "step_out",
    "take_back_repeat",
]
