"""The pretend record's web pages: plain HTML, no script, nothing from elsewhere.

Owns:           nothing
Start reading:  received.py
Asks:           nothing
Asked by:       gateway.pretend_record (door)
Safety:         none: another system's pages, for people who try ours

    frame       what all of them have
    received    what came, and the buttons that make this record misbehave
    sent        what it sends: one message, a day, any text
    launching   picking a patient and a user, and opening an app for them
"""
