"""The pretend record as a sender: admissions, appointments and measures, one at a time or as a day.

Owns:           nothing
Start reading:  script.py
Asks:           gateway.hl7v2 (message, frames, acknowledgement)
Asked by:       gateway.pretend_record (door, run), commands (pretend-record)
Safety:         hazard H2 (wrong patient)

    kinds       every message that it can send, by name
    messages    the segments of each, in HL7 v2.5.1
    script      a day: who, what, when
    sending     a message handed over by MLLP, and what was answered
"""
