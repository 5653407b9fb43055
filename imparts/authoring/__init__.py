"""Authoring: the library's pages, where local staff look instruments up and make packs ready.

Owns:           nothing
Start reading:  views/library.py, then pages/passport.py
Asks:           library, gateway, access, design, rules
Asked by:       config (addresses)
Safety:         hazards H4 (a wrong score or wording) and H7 (an unchecked rule goes live)

Every instrument has a passport: a page made from its file that says in plain words what it
measures, how it is scored and what is not known about it. No page here holds anything about a
patient.
"""
