"""Alerting: who is called for an alert, and when; worked out from what happened, with no state.

Owns:           Clocks, Rung, and which rung is due
Start reading:  clocks.py, then ladder.py, then due.py
Asks:           nothing
Asked by:       pathways
Safety:         hazard H1 (an answer that needs a conversation goes unseen)

Given when an alert was raised, the service's clocks and who was called so far, the same answer
comes out however often it is asked. So nothing is lost when whoever asks is killed.
"""
