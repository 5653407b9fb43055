"""Referrals: drafted with their letter, changed, sent or withdrawn; and letters to the GP.

Owns:           Referral, ReferralEvent, Letter
Start reading:  models.py, then actions
Asks:           pathways, people, library, access, organisations, audit, rules.letters
Asked by:       workspace
Safety:         hazards H1 (a step that was accepted is never taken) and H2 (a letter about another
                person)

Replies to referrals come with the rest of integrated care.
"""
