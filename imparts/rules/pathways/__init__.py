"""Pathways: what should happen next, by whom and by when, from the scores of one visit.

Owns:           Pathway, VisitContext, Recommendation, Run and Comparison, as frozen shapes
Start reading:  definition.py, then recommend.py; simulation.py for what a rule would have done
Asks:           rules.content, rules.instruments, rules.scoring
Asked by:       library, pathways, informatics, authoring, workspace, demo, commands
Safety:         hazards H1 (an answer goes unseen) and H7 (an unchecked rule goes live)

A pathway is a file that a service may change and sign. Nothing in it grades the risk that a person
will harm themselves: item 9 leads to a conversation in the same visit, whatever the total. What is
unknown of a person is unknown: it fires no treatment and takes no conversation away.

A file is read (reader.py), held against instruments and options (checks.py), changed step by step
(draft.py), told apart in words (differences.py), run over the past and compared (comparison.py).
"""
