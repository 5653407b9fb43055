"""Organisations: trusts, boards, systems, practices and the services they run.

Owns:           Organisation, Succession, PartOf, Service
Start reading:  models.py
Asks:           audit
Asked by:       access, library, people, informatics, administration, workspace
Safety:         hazard H9 (something is shared with an organisation that has no right to it)

The four nations' shapes are data, never constants, because organisations merge and close:

    England           NHS trusts, integrated care boards, practices, local authorities
    Scotland          health boards, integration authorities, practices
    Wales             local health boards, NHS trusts, regional partnership boards, practices
    Northern Ireland  health and social care trusts, area partnership boards, practices
"""
