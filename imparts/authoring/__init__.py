"""Authoring: where local staff look instruments up, make packs ready and change their pathways.

Owns:           PackDraft, PathwayDraft, PathwayRevision, PathwayRun, PathwayComment,
                PathwaySignature
Start reading:  views/library.py, then views/composing.py and actions/drafting.py
Asks:           informatics.questionnaires, library, gateway, access, organisations, audit, design,
                rules
Asked by:       workspace (pathways), config (addresses), demo
Safety:         hazards H1 (an answer about self-harm is missed), H4 (a wrong score or wording) and
                H7 (an unchecked rule goes live)

Every instrument has a passport: a page made from its file that says in plain words what it
measures, how it is scored and what is not known about it. A pack goes one way: composed as a draft,
previewed on the tablet's own pages, handed in, signed by someone else, started from a day. A
pathway goes another: changed as a draft, handed in by the clinical lead, signed by each partner
whose step changes, by the safety officer where the change asks for it, and by a second clinician
who says from which day it holds; its pages stand in the workspace, beside what it would have done.
No page here holds anything about a patient.
"""
