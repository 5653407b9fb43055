"""Notices: e-mail and SMS that ask a member of staff to look here, and say nothing else.

Owns:           nothing; what is owed stands in outbox
Start reading:  delivery.py, then words.py
Asks:           outbox, pathways, access, organisations (who, where, is it still open?)
Asked by:       config (the settings), commands (the worker), workspace (how it stands)
Safety:         hazards H1 (nobody is called) and H8 (a notice is read by someone else)

    outbox.Message "notices"  ->  one message a way: "notices.email", "notices.sms"  ->  a server

A notice is a knock on the door. It never counts as delivered, never stops a clock and never closes
anything: who is called and when stands in the alert's own story (pathways), whatever becomes of the
notice. Its text is made from its kind, the rung and the service's name, and from nothing else.
"""
