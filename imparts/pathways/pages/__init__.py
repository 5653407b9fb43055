"""What pages of alerts may show, already in words.

Owns:           AlertLedger, ClockLine, as frozen values
Start reading:  ledger.py, then clock_line.py
Asks:           design
Asked by:       workspace
Safety:         hazard H1 (an answer that needs a conversation goes unseen)
"""

from imparts.pathways.pages.ledger import AlertLedger

__all__ = ["AlertLedger"]
