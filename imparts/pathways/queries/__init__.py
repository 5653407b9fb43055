"""All reading of pathways: alerts with their stories, cover and clocks, entries.

Start reading: alerts.py, then stories.py, ladders.py and cover.py.
"""

from imparts.pathways.queries.alerts import (
    alert_for,
    alerts_about,
    alerts_closed_since,
    open_alert_count,
    open_alerts_for,
    who_is_stopped_at_the_desk,
    who_must_wait,
    worklist_for,
)
from imparts.pathways.queries.booked import (
    Repeat,
    StepsOut,
    due_repeats,
    repeats_of,
    steps_out_of,
)
from imparts.pathways.queries.clocks import are_clocks_confirmed, clocks_of
from imparts.pathways.queries.cover import (
    Cover,
    CoverHeld,
    cover_on,
    leave_of,
    who_could_hold,
    why_not_covered,
)
from imparts.pathways.queries.entries import (
    decisions_on,
    entries_about,
    entry_about,
    entry_for,
)
from imparts.pathways.queries.ladders import RungOfStory
from imparts.pathways.queries.ledger import (
    LedgerFilter,
    Times,
    is_overdue,
    ledger_for,
    times_of,
)
from imparts.pathways.queries.stories import AlertStory, Name, called_by
from imparts.pathways.queries.to_assess import OpenStep, to_assess_before_end
from imparts.pathways.queries.treatments import (
    TreatmentShown,
    in_treatment,
    treatment_step,
    treatments_of,
)
from imparts.pathways.queries.waits import Wait, waits_at, waits_of

__all__ = [
    "AlertStory",
    "Cover",
    "CoverHeld",
    "LedgerFilter",
    "Name",
    "OpenStep",
    "Repeat",
    "RungOfStory",
    "StepsOut",
    "Times",
    "TreatmentShown",
    "Wait",
    "alert_for",
    "alerts_about",
    "alerts_closed_since",
    "are_clocks_confirmed",
    "called_by",
    "clocks_of",
    "cover_on",
    "decisions_on",
    "due_repeats",
    "entries_about",
    "entry_about",
    "entry_for",
    "in_treatment",
    "is_overdue",
    "leave_of",
    "ledger_for",
    "open_alert_count",
    "open_alerts_for",
    "repeats_of",
    "steps_out_of",
    "times_of",
    "to_assess_before_end",
    "treatment_step",
    "treatments_of",
    "waits_at",
    "waits_of",
    "who_could_hold",
    "who_is_stopped_at_the_desk",
    "who_must_wait",
    "why_not_covered",
    "worklist_for",
]
