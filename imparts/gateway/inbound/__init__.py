"""Inbound: what the hospital record sends us, kept as it came, answered always, applied once.

Owns:           KnownSender, ReceivedMessage with its Content and what it Became; how old facts are
                (FactAsOf), what codes mean (ServiceCode, MeasureCode, NumberIssuer)
Start reading:  answering.py, actions/receiving.py, actions/applying.py
Asks:           gateway.hl7v2, people, informatics, organisations, library, audit, design
Asked by:       commands (listen, senders, the worker), workspace (connections), demo
Safety:         hazards H2 (the wrong patient), H5 (the record and we disagree)

    hl7v2.listener (bytes)  ->  answering  ->  actions.receive  ->  actions.applying, by kind
             ^                                        |
             +------ AA, AE or AR, and where ---------+   all in one transaction
"""
