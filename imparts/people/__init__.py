"""People: one patient, many identifiers, and who has a care relationship with them.

Owns:           Patient, Identifier, ContactPoint, CareRelationship, Merge,
                PatientVersion
Start reading:  queries.py: patients_visible_to, the only door to a patient
Asks:           organisations, access, audit, design, rules.identifiers, postgres
Asked by:       pathways, informatics, gateway, workspace
Safety:         hazards H2 (wrong patient) and H8 (someone sees what they may not)

Every query that decides who may see a patient reads CareRelationship and nothing else.
"""
