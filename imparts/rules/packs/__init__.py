"""Packs: what one kind of clinic asks, in what order, how often, and which question comes next.

Owns:           Pack and Question, as frozen shapes
Start reading:  definition.py, then asking.py
Asks:           rules.content, rules.instruments, rules.forms
Asked by:       library, authoring, informatics.questionnaires
Safety:         hazard H1 (the core, and item 9 within it, cannot be taken out of a pack)

A pack always asks about mood, worry and smoking. A service chooses the rest, and how often.
"""
