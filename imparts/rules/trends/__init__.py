"""Trends: one measure over time: its points, its gaps, what may be compared, and what it found.

Owns:           nothing; it turns scores over time into what may be drawn and said of them
Start reading:  definition.py, then finding.py
Asks:           rules.instruments, rules.scoring
Asked by:       workspace
Safety:         hazards H4 (a score or a wording is wrong) and H6 (a page is misread)

Only complete scores of one version are compared. An estimate is drawn hollow and compared with
nothing; another version of an instrument begins a new series; a long time without a score stays a
gap. "Worse" and "better" are said only from the reliable change of the measure up.
"""
