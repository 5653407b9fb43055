"""Library: content in force: which version of each file, signed by whom, from when.

Owns:           ContentVersion, Signature, HarmReview, Withdrawal, InForce
Start reading:  queries/standing.py, then actions/loading.py
Asks:           organisations, access, audit, design, rules, content
Asked by:       pathways, informatics, authoring, workspace, demo, commands
Safety:         hazards H4 (a wrong score or wording) and H7 (an unchecked rule goes live)

Files are loaded by hash: the same text is the same version for ever, so a response can always name
the very words it was asked with. Signatures are rows because they are made at a site, by a person,
on a day; no shipped file can bring one along, and nobody signs what they loaded themselves.
"""
