"""Results: what one response means: its score, its band and how it has moved.

Owns:           ResponseScore, ScorePart, PhysicalMeasure, Diagnosis, AgreedBaseline
Start reading:  models.py, then actions.new_score
Asks:           rules.scoring, rules.physical_measures, rules.diagnoses, library, people,
                organisations, audit, design, postgres
Asked by:       informatics.questionnaires, gateway, workspace
Safety:         hazards H1 (a high score goes unseen) and H2 (a score is read as another person's)
"""
