"""Informatics: ask in clinic, score at once, show the clinician.

The rooms in the order a clinic visit meets them: clinics (who is expected today), questionnaires
(asking on the tablet) and results (what the answers mean).

Owns:           nothing itself; see the three rooms
Start reading:  questionnaires/actions/sending.py: submit
Asks:           pathways, library, people, access, rules
Asked by:       gateway, workspace, demo
Safety:         hazards H1 to H5
"""
