"""Instruments: what a questionnaire is, what may be answered, and what is asked next.

Owns:           Instrument and its parts, as frozen shapes
Start reading:  definition.py, then reader.py
Asks:           rules.content
Asked by:       rules.scoring, rules.wording, rules.passport, rules.packs, library and others
Safety:         hazards H1 (item 9 cannot be taken out of PHQ-9) and H4 (a wording is wrong)

An instrument is a file of imparts/content/instruments, never a class of its own. The reader refuses
a file without a licence, a source or worked examples, and every file passes its own examples. What
may not be shipped with its words is a structure: no text, no examples, until a site loads its own.
"""
