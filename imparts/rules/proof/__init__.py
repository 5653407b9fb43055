"""Proof: rows that show by themselves when one of them is missing or was changed.

Owns:           Proof, as a frozen value
Start reading:  chain.py
Asks:           nothing
Asked by:       workspace (the proof of what happened to alerts)
Safety:         hazard H1 (an answer that needs a conversation goes unseen)
"""
