"""Inbound: what the hospital record sends us, kept as it came, answered always, applied once.

Owns:           ReceivedMessage, what became of it, KnownSender
Start reading:  models.py
Asks:           gateway.hl7v2, people, informatics, organisations, audit
Asked by:       commands (listen), workspace (connections), demo
Safety:         hazards H2 (the wrong patient), H5 (the record and we disagree)
"""
