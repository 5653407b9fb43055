"""A pretend hospital record: receives results by MLLP, shows them in words, misbehaves when told.

Owns:           a ledger in a folder of its own: one JSON line for each message received
Start reading:  run.py, then receiver.py
Asks:           gateway.hl7v2 (message, frames, acknowledgement)
Asked by:       commands (pretend-record, demo), the tests of the gateway
Safety:         hazard H5 (a result never reaches the hospital record, or reaches it twice)

Plain Python on asyncio: no Django, no database, started in a fraction of a second. It is not the
product; it stands where a hospital's own record would stand.

    moods       the ways to misbehave
    judgement   what a careful record says to one message
    ledger      what was received, and whether it was received before
    receiver    the MLLP side
    in_words    a message as a person would read it
    pages       its web pages
    door        the HTTP side
    run         both sides as one process
"""
