"""Authoring: the library's pages, where local staff look instruments up and make packs ready.

Owns:           PackDraft
Start reading:  views/library.py, then views/composing.py and actions/drafting.py
Asks:           informatics.questionnaires, library, gateway, access, organisations, audit, design,
                rules
Asked by:       config (addresses)
Safety:         hazards H1 (an answer about self-harm is missed), H4 (a wrong score or wording) and
                H7 (an unchecked rule goes live)

Every instrument has a passport: a page made from its file that says in plain words what it
measures, how it is scored and what is not known about it. A pack goes one way: composed as a draft,
previewed on the tablet's own pages, handed in, signed by someone else, started from a day. No page
here holds anything about a patient.
"""
