"""Outbox: messages owed to the outside world, stored with the fact that made them.

Owns:           Message, Attempt, DestinationSettings, QueueSaid, NotHere
Start reading:  actions/owing.py: owed; destination.py; actions/leasing.py
Asks:           nothing
Asked by:       informatics, pathways (post), gateway (sends), config (how old is the oldest),
                workspace (how it stands, the trace of one message)
Safety:         hazard H5 (a result never reaches the hospital record, or reaches it twice)

A fact and its message are saved in one transaction, so neither can exist without the other. Each
destination has a queue of its own, and each try is accounted for (Attempt).
"""
