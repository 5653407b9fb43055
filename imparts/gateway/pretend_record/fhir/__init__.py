"""The pretend record's FHIR R4 server: small, careful, and plain Python.

Owns:           fhir.jsonl in the record's folder: every version of every resource written to it
Start reading:  server.py
Asks:           nothing
Asked by:       gateway.pretend_record (door, run)
Safety:         hazard H5 (a result never reaches the hospital record, or reaches it twice)

It takes what a hospital record takes: Patient, Practitioner and Encounter to read and search;
results and documents to write, one at a time or all in one transaction, once however often they are
sent. It refuses what it does not understand instead of leaving it out.

    store       resources and their versions
    searching   which of them a question asks for
    writing     create, update, and conditions on both
    bundles     transactions and batches
    asked       what one request asks for
    outcomes    what is wrong, as an OperationOutcome
    statement   what this server can do
    moods       the ways in which it can be told to misbehave
    server      one request, answered
"""
