"""Pathways: what should happen next, and by when; alerts that a person must close.

Owns:           Alert, AlertEvent; AlertClocks, StandingCover, DayCover, LeaveCover, CoverAccepted;
                PathwayEntry, SuggestedStep, StepTaken, SteppedOut, RepeatBooked;
                TreatmentStep, TreatmentEnd; WaitingTime, Capacity
Start reading:  models/alerts.py, then actions.raise_alert
Asks:           library, people, access, organisations, audit, outbox, live, design, postgres,
                rules.pathways, rules.alerting
Asked by:       informatics (raises alerts, follows results), administration, gateway, workspace,
                and the worker, which calls whoever is due
Safety:         hazard H1 (an answer that needs a conversation goes unseen)

An alert's state, and who is called for it when, are worked out from its events. Events are added,
never changed, and nothing closes an alert but a person who says what was done.
"""
