"""Audit: who saw or changed what; rows are added and never changed.

Owns:           AuditEntry
Start reading:  actions.py: record
Asks:           nothing
Asked by:       every app that shows or changes something about a patient
Safety:         hazard H8 (a look at a record leaves no trace)

The promise: the web role may insert and read these rows and nothing else, and a view that cannot
write its entry is refused, because both are in one transaction.
"""
