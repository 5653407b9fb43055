"""Scoring: from the answers a person gave to a score, its band, its flags and its change.

Owns:           Score and Change, as frozen values
Start reading:  score.py
Asks:           rules.instruments
Asked by:       rules.summary, rules.pathways, informatics.results, the bulk scoring command
Safety:         hazards H1 (an answer goes unseen) and H4 (a score is wrong)

A missing answer is never zero. A score is complete, an estimate that says so, or absent; and the
least and greatest score that is still possible stands beside it.
"""
