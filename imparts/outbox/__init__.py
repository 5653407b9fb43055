"""Outbox: messages owed to the outside world, stored with the fact that made them.

Owns:           Message
Start reading:  actions.py: post
Asks:           nothing
Asked by:       informatics, pathways (post), gateway (sends), config (how old is the oldest),
                workspace (how it stands)
Safety:         hazard H5 (a result never reaches the hospital record, or reaches it twice)

A fact and its message are saved in one transaction, so neither can exist without the other.
"""
