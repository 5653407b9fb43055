"""FHIRPath: the expressions of a form, parsed strictly and worked out within bounds.

Owns:           nothing
Start reading:  evaluation.py (the one function), then syntax.py and functions.py
Asks:           rules.forms (weights, patterns, vocabulary); the package fhirpathpy, which no other
                rule names
Asked by:       rules.forms
Safety:         hazard H4 (half an expression is an error here, not a smaller expression)

fhirpathpy reads as far as it understands and drops the rest without a word, prints what trace() is
given, reads the clock, and lets a pattern run for as long as it likes. None of this happens here.
"""
