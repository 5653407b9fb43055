"""Library: content in force: which version of each file, signed by whom, from when.

Owns:           ContentVersion, Signature, InForce
Start reading:  actions.py: load_shipped
Asks:           organisations, audit, rules, content
Asked by:       pathways, informatics, workspace
Safety:         hazards H4 (a wrong score or wording) and H7 (an unchecked rule goes live)

Files are loaded by hash: the same text is the same version for ever, so a response can always name
the very words it was asked with. Signatures are rows because they are made at a site, by a person,
on a day; no shipped file can bring one along.
"""
