"""Tables of pathways: alerts and their cover, suggested steps, treatments, waiting times.

Owns:           every table of the app, one file a subject
Start reading:  alerts.py, then entries.py
Asks:           organisations, people, access (whom rows are about)
Asked by:       pathways.queries, pathways.actions
Safety:         hazard H1 (an answer that needs a conversation goes unseen)
"""

from imparts.pathways.models.alerts import Alert, AlertEvent
from imparts.pathways.models.cover import (
    AlertClocks,
    CoverAccepted,
    DayCover,
    Duty,
    LeaveCover,
    StandingCover,
)
from imparts.pathways.models.entries import (
    PathwayEntry,
    RepeatBooked,
    SteppedOut,
    StepTaken,
    SuggestedStep,
)
from imparts.pathways.models.options import Capacity, WaitingTime
from imparts.pathways.models.treatments import TreatmentEnd, TreatmentStep

__all__ = [
    "Alert",
    "AlertClocks",
    "AlertEvent",
    "Capacity",
    "CoverAccepted",
    "DayCover",
    "Duty",
    "LeaveCover",
    "PathwayEntry",
    "RepeatBooked",
    "StandingCover",
    "StepTaken",
    "SteppedOut",
    "SuggestedStep",
    "TreatmentEnd",
    "TreatmentStep",
    "WaitingTime",
]
