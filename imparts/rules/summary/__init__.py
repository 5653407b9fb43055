"""Summary: one visit in one sentence, and the caution that belongs beside a score.

Owns:           nothing; it turns results into words
Start reading:  gist.py, then the words themselves in imparts/content/gist
Asks:           rules.instruments, rules.scoring
Asked by:       library (reads the words), workspace
Safety:         hazards H1 (an answer goes unseen) and H6 (a page is misread)

The words never grade a risk, never state absence ("item 9: not at all" is an answer, not safety),
and say "worse" or "better" only beyond reliable change between two complete scores.
"""
