"""The record gateway: what we owe the hospital record goes out, in the record's own language.

Owns:           nothing; what is owed stands in outbox
Start reading:  delivery.py
Asks:           outbox, rules.record; fhir asks rules.instruments, rules.scoring, rules.forms
Asked by:       commands (the worker, instruments export), workspace (is it in the record yet?),
                authoring
Safety:         hazard H5 (a result never reaches the hospital record, or reaches it twice)

    outbox.Message (facts)  ->  hl7v2.result_message (text, kept)  ->  hl7v2.sender  ->  the record
             ^                                                              |
             +----- sent, refused with its words, or try again later <------+

`fhir` writes instruments, responses and scores as FHIR R4, for whoever fetches them.
`pretend_record` is a hospital record for the demo and the tests, which can be told to misbehave.
It is a process of its own and knows nothing of our tables.
"""
