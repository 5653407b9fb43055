"""Views: every page of the tablet, in the order a visit meets them.

locked.py          the start page, its PIN, locking again
handing_over.py    staff choose a person and hand the tablet over; their own session ends there
before.py          language and size, is this you, before you start
questions.py       one question a page, and the calm page after the part on mood
sending.py         check your answers, sending them, thank you
aside.py           text and colour, help, stopping

in_hand.py opens a page to whoever holds the tablet and to nobody else; looks.py remembers how large
the words are; leads_to.py says which page comes next; tap_guard.py ignores a tap made twice;
said_plainly.py draws what went wrong.
"""
