"""Letters: what a letter to a GP or another team says, and that it fits one page.

Owns:           LetterFacts and its parts, as frozen shapes, and their JSON
Start reading:  definition.py, then gp.py
Asks:           rules.record (facts to JSON)
Asked by:       integrated_care.referrals, workspace
Safety:         hazards H1 (a step that was accepted is never taken) and H2 (a letter about another
                person)

A letter holds its facts as they were when it was made: HTML and PDF are drawn from the same ones,
and nothing is looked up again. It states what was recorded and never an absence.
"""
