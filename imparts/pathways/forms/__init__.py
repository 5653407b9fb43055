"""What may be typed about alerts and their cover, and what is said when something is missing.

Owns:           nothing
Start reading:  what_was_done.py, then cover.py
Asks:           design
Asked by:       workspace
Safety:         hazard H1 (an answer that needs a conversation goes unseen)
"""

from imparts.pathways.forms.cover import ClocksForm, Leave, NameForDay, Standing
from imparts.pathways.forms.handing_on import Attempt, HandOn
from imparts.pathways.forms.what_was_done import WhatWasDone

__all__ = [
    "Attempt",
    "ClocksForm",
    "HandOn",
    "Leave",
    "NameForDay",
    "Standing",
    "WhatWasDone",
]
