"""Rules: what follows from what, in plain Python.

Owns:           nothing that is stored; only what follows from answers, files and moments passed in
Start reading:  instruments/definition.py, then scoring/score.py
Asks:           nothing
Asked by:       every app above
Safety:         hazards H1 (an answer goes unseen) and H4 (a score or a wording is wrong)

The promise: nothing in here touches a database, a clock or a network. Moments and days are passed
in, results are frozen values, and a clinician's spreadsheet of worked examples is a test.
"""
