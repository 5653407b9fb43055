"""Patterns: regular expressions of a file, matched in a time that its author cannot make long.

Owns:           nothing
Start reading:  matching.py, then syntax.py
Asks:           nothing
Asked by:       rules.forms (entries and FHIRPath's matches())
Safety:         none

A pattern comes from a stranger's file and is tried on what a patient types. Python's own engine
goes back and tries again, and with some patterns that takes longer than a clinic. Here all ways are
followed at once, one step for each letter, so the time is letters times size of the pattern. The
price: no back-references and no looking around; a pattern with these is named as not honoured.
"""
