"""Integrated care: referrals now; shared plans, caseload, meetings and sharing have rooms to come.

Owns:           nothing itself; see its rooms
Start reading:  referrals
Asks:           informatics, pathways, people, library, organisations
Asked by:       gateway, authoring, workspace
Safety:         hazard H1 (a step that somebody accepted is never taken)
"""
