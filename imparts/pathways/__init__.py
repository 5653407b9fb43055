"""Pathways: what should happen next, and by when; alerts that a person must close.

Owns:           Alert, AlertEvent; AlertClocks, StandingCover, DayCover, LeaveCover, CoverAccepted;
                PathwayEntry, StepTaken, SteppedOut, RepeatBooked; TreatmentStep, TreatmentEnd;
                WaitingTime, Capacity
Start reading:  models/alerts.py, then actions.raise_alert
Asks:           library, people, access, organisations, audit, live, design, postgres,
                rules.pathways
Asked by:       informatics (raises alerts, follows results), workspace
Safety:         hazard H1 (an answer that needs a conversation goes unseen)

An alert's state is the last of its events. Events are added, never changed, and nothing closes an
alert but a person who says what was done.
"""
