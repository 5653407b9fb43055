"""Pathways: what should happen next, by whom and by when, from the scores of one visit.

Owns:           Pathway and Recommendation, as frozen shapes
Start reading:  definition.py, then recommend.py
Asks:           rules.content, rules.scoring
Asked by:       library, pathways
Safety:         hazard H1 (an answer goes unseen): an estimate counts as its highest

A pathway is a file that a service may change and sign. Nothing in it grades the risk that a person
will harm themselves: item 9 leads to a conversation in the same visit, whatever the total.
"""
