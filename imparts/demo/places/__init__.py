"""Places: the invented organisations, their services, who works there and what they ask.

Owns:           nothing: what it describes is stored by organisations, access and library
Start reading:  specialties.py, then organisations.py
Asks:           organisations, access, library
Asked by:       demo.past, demo.fill, demo.day
Safety:         every name and code is invented and begins with DEMO
"""
