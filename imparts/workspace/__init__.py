"""Workspace: where staff begin: today's clinic, one visit on one page, finding a patient.

Owns:           nothing
Start reading:  views/clinic_list.py, then pages/summary.py
Asks:           authoring (pathways), gateway (answers as FHIR), integrated_care.referrals,
                informatics, pathways, people, library, access, organisations, outbox, audit,
                live, design, rules
Asked by:       config (addresses)
Safety:         hazards H1 (a high score goes unseen), H2 (a score is read as another person's) and
                H6 (a page is misread)

The only app that may show everything side by side. Every word and number on a page is decided in
pages/, before a template is reached; queries/ put one visit together from the apps that own it.
"""
