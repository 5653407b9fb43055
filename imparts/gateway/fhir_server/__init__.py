"""The FHIR server: what imparts knows, read and written as FHIR R4 by machines that may.

Owns:           ExportJob, ExportFile
Start reading:  routing.py, registry.py; export/writing.py for bulk exports
Asks:           gateway.fhir (the wire), gateway.smart (who is asking), access, audit, design,
                library, organisations, people, informatics, pathways,
                integrated_care.referrals, rules
Asked by:       config, commands (the worker writes exports)
Safety:         hazards H2 (the wrong patient), H8 (somebody sees what they may not)
"""
