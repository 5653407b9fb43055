"""Live: tells open pages that something has changed, the moment it is committed.

Owns:           nothing: a notification lives only until it is read
Start reading:  actions.py: tell, then stream.py; presence.py for the background processes
Asks:           nothing
Asked by:       informatics, pathways (tell); config (runs the streams), workspace and
                commands (which background processes are there)
Safety:         hazard H1 (a high score goes unseen): the page also shows the truth on each reload

What travels is "something of this kind changed at this service", never a name or an answer: the
page then asks for itself again, with its own permissions.
"""
