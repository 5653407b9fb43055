"""All writing of pathways: alerts and suggested steps; history.py loads the past."""

from imparts.pathways.actions.acting import record_attempt, record_what_was_done
from imparts.pathways.actions.alerts import (
    Name,
    note_answer,
    raise_alert,
    record_seen,
    record_told,
    record_wish_to_talk,
)
from imparts.pathways.actions.calling import call_owner_to_desk, must_wait
from imparts.pathways.actions.cover import (
    accept_cover,
    name_cover_for_day,
    set_alert_clocks,
    set_leave,
    set_standing_cover,
)
from imparts.pathways.actions.escalating import escalate_due
from imparts.pathways.actions.following import follow
from imparts.pathways.actions.not_done import NotDone
from imparts.pathways.actions.reminding import ask_for_cover
from imparts.pathways.actions.repeats import book_repeat, take_back_repeat
from imparts.pathways.actions.stepping_out import come_back, step_out
from imparts.pathways.actions.steps import decide_step
from imparts.pathways.actions.taking import acknowledge_alert, hand_on_alert
from imparts.pathways.actions.treatments import (
    begin_treatment,
    end_treatment,
    take_up_again,
    withdraw_treatment,
)
from imparts.pathways.actions.waits import enter_wait, enter_waits
from imparts.pathways.actions.wrong_person import (
    close_wrongly_filed,
    may_be_closed,
    note_wrong_person,
    raise_for_right_person,
)

__all__ = [
    "Name",
    "NotDone",
    "accept_cover",
    "acknowledge_alert",
    "ask_for_cover",
    "begin_treatment",
    "book_repeat",
    "call_owner_to_desk",
    "close_wrongly_filed",
    "come_back",
    "decide_step",
    "end_treatment",
    "enter_wait",
    "enter_waits",
    "escalate_due",
    "follow",
    "hand_on_alert",
    "may_be_closed",
    "must_wait",
    "name_cover_for_day",
    "note_answer",
    "note_wrong_person",
    "raise_alert",
    "raise_for_right_person",
    "record_attempt",
    "record_seen",
    "record_told",
    "record_what_was_done",
    "record_wish_to_talk",
    "set_alert_clocks",
    "set_leave",
    "set_standing_cover",
    "step_out",
    "take_back_repeat",
    "take_up_again",
    "withdraw_treatment",
]
