"""A pretend hospital record: takes results, sends a day, serves FHIR, opens imparts, misbehaves.

Owns:           a folder of its own: the ledger, its FHIR resources, its clients and its key
Start reading:  run.py, then receiver.py
Asks:           gateway.hl7v2 (message, frames, acknowledgement)
Asked by:       commands (pretend-record, demo), the tests of the gateway
Safety:         hazard H5 (a result never reaches the hospital record, or reaches it twice)

Plain Python on asyncio: no Django, no database, started in a fraction of a second. It is not the
product; it stands where a hospital's own record would stand.

    run             all of its sides as one process
    cast            who it knows: people, clinics, users
    ledger          what came and what was sent, and whether it came before; lines: its file
    moods           the ways to misbehave by HL7 v2; answering: how each is done
    receiver        the MLLP side; judgement: what a careful record says to one message
    fhir/           its FHIR R4 server
    day/            what it sends; sending_desk, by_hand: from the page and from a shell
    smart/          launches and tokens; launcher: their pages
    http, door      its HTTP side; reading_room: the pages of what came
    in_words        a message as a person would read it
    pages/          its web pages
"""
