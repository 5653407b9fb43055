"""Identifiers: the numbers by which people are known in the four nations.

Owns:           nothing; it says what is wrong with a number, and how a number is written
Start reading:  scheme.py
Asks:           nothing
Asked by:       people, gateway
Safety:         hazard H2 (a result is read as another person's)

A number with a good check digit can still be nobody's or somebody else's. Nothing here matches a
person: match on number, birth date and family name together, never on a number alone. Problems are
told without repeating the number, so that they may be logged.
"""
