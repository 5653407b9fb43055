"""The four nations' numbers: what shape each has, and what is wrong with one that is refused.

Start reading:  scheme.py: problem_with, scheme_of
Asks:           nothing
Asked by:       people, gateway
Safety:         hazard H2 (wrong patient)

All three schemes use ten digits and the same check digit, so the range tells which one a number
is of; a number alone never identifies a person.
"""
