"""Crowd: the invented people: names, numbers, backgrounds; the same seed makes the same people.

Owns:           nothing: plain values that fill.py has stored
Start reading:  people.py: person
Asks:           rules.identifiers
Asked by:       demo.past, demo.fill
Safety:         no real person: numbers are of the 999 test range, postcodes and names do not exist
"""
