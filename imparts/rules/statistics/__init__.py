"""Statistics: numbers for services, commissioners and studies, each with its denominator.

Owns:           Course, Outcome and Rate, as frozen values
Start reading:  talking_therapies.py
Asks:           nothing
Asked by:       tests, until the reports are built
Safety:         hazard H6 (a number misleads)
"""
