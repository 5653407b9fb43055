"""Wording packs: an instrument's words in some languages, with the licence they came under.

What is licensed, and what is translated, comes as one JSON file. It brings words, and the table or
the examples that belong to them; what is asked and how it is scored stays the instrument's own.

Owns:           Wording, as a frozen value
Start reading:  definition.py for the shapes, reader.py for what is refused, apply.py for the result
Asks:           rules.instruments, rules.scoring, rules.forms (which words tell of harm)
Asked by:       library, authoring, informatics.questionnaires, workspace
Safety:         hazards H4 (a wrong wording) and H7 (an unchecked rule goes live)
"""
