"""Past: two invented years of visits, answers, scores, alerts and what was done about them.

Owns:           nothing: rows that each app's actions.load_history stores
Start reading:  severity.py, answering.py, then visits.py and sittings.py
Asks:           rules (what is asked, what it comes to, what is suggested), library, demo.crowd
Asked by:       demo.fill
Safety:         every score is the rules' own, so the demonstration shows what the product would say

The answers come from a graded response model: each person has a mood, a worry and an illness
severity that drift from visit to visit, and each question turns one of them, with noise, into an
answer. The settings in calibrated.json were found by trying, so that each specialty shows the
published share of people above the usual cuts.
"""
