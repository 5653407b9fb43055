"""The FHIR server: what imparts knows, read and written as FHIR R4 by machines that may.

Owns:           ExportJob and what clients call the things that they created
Start reading:  urls.py
Asks:           gateway.fhir (the wire), gateway.smart (who is asking),
                people, informatics, pathways
Asked by:       config
Safety:         hazards H2 (the wrong patient), H8 (somebody sees what they may not)
"""
