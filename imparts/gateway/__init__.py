"""The gateway: what we owe the hospital record and staff goes out, in the language of each.

Owns:           nothing; what is owed stands in outbox
Start reading:  delivery.py, then queues.py; notices/delivery.py for e-mail and SMS to staff
Asks:           outbox, audit, design (PDF), library, rules.record; fhir asks rules.instruments,
                rules.scoring, rules.forms; notices asks access, organisations, pathways (who,
                where, is it still open?)
Asked by:       commands (the worker, instruments export), workspace (is it in the record yet?),
                authoring
Safety:         hazards H5 (a result never reaches the hospital record, or reaches it twice),
                H1 (nobody is called), H8 (a notice is read by someone else)

    outbox.Message (facts)  ->  hl7v2.result_message (text, kept)  ->  hl7v2.sender  ->  the record
             ^                                                              |
             +----- sent, refused with its words, or try again later <------+

`queues` gives each destination its threads, `ways` opens the way to it, `settling` writes down what
became of each try, `journal` keeps what was sent outside the database for `restoring`, `actions`
is what people decide about a message, and `growth` when trust IT is told of a queue.
`written` makes the text that a destination wants, by its mapping; `mapping_preview` shows what one
changes. `fhir_way` and `fhir_client` post results to another FHIR server, `documents` draws PDFs.
`inbound` takes what the record sends: hl7v2.listener -> kept, applied, answered.
`notices` asks staff by e-mail and SMS to look here; a notice never counts as delivered.
`fhir` writes instruments, responses and scores as FHIR R4, for whoever fetches them.
`pretend_record` is a hospital record for the demo and the tests, which can be told to misbehave.
It is a process of its own and knows nothing of our tables.
"""
