"""Passport: one instrument explained from its own file, for someone who must decide to trust it.

Owns:           nothing; it turns an Instrument into frozen sections of plain words
Start reading:  passport.py, then formulas.py
Asks:           rules.instruments, rules.scoring
Asked by:       authoring, and the guide to the instruments
Safety:         hazards H4 (a wrong score or wording) and H7 (an unchecked rule goes live)

Nothing is written here by hand about any one instrument: a passport cannot say what the file does
not. Whatever stands in a file is shown, or is listed in left_out.py with the reason; a test goes
through every field. Each published number carries a mark that says where it comes from.
"""
