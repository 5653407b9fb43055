"""HL7 version 2: the older wire, spoken by every hospital record.

Owns:           nothing
Start reading:  result_message.py (what is said), sender.py and listener.py (how)
Asks:           rules.record
Asked by:       gateway.written, gateway.delivery, gateway.inbound, gateway.pretend_record
Safety:         hazard H5 (a result never reaches the hospital record, or reaches it twice)

    escapes            any text as one value; no text can begin a segment
    message            segments, fields, repetitions, components: text to values and back
    charsets           bytes to text, by the character set that the message names
    frames             the bytes around a message on a socket (MLLP)
    acknowledgement    the answer to a message: read and written
    result_message     the facts of one response as ORU^R01
    observations       its OBX, numbered, each with its notes
    parts, drafts      the OBX of subscales and profiles, and what all of them are made of
    document_message   the summary of a visit as MDM, as text and as PDF
    whose              the header, the patient and the visit of every message that we send
    mapped             codes and fields as one destination wants them
    said, moments      a field as value, order to delete or nothing; days and times of all kinds
    person, visit      PID and PV1 of a message that came in
    diagnoses          its DG1
    adt, siu, oru_in   the three kinds of message that come in, each as one frozen shape
    address            host and port, as settings write them
    sender             one open connection, one message at a time
    listener           many connections, each answered one message after another
    envelope, answers  the header of whatever came, and what is answered in which mode
    listening          the listener's settings; who_may_connect: addresses and certificates

All but sender and listener are plain Python without a clock, a socket or a database.
"""
