"""SMART on FHIR: who a machine or an app is, what it may do, and our own launch in a record.

Owns:           ApiClient, Launch, TrustedRecord
Start reading:  models.py
Asks:           access, people, audit
Asked by:       gateway.fhir_server, commands (api-client), config
Safety:         hazard H8 (somebody sees what they may not)
"""
