"""Questionnaires: asking; a tablet is handed over, each answer is stored when given, all are sent.

Owns:           Invitation, HandOver, AnswerGiven, OfferOutcome, Response, Answer,
                WithdrawnSitting, Refiling, SentIn
Start reading:  actions/hand_overs.py, actions/answering.py, actions/sending.py
Asks:           results, clinics, pathways, library, people, access, organisations, outbox, audit,
                live, design, rules, postgres
Asked by:       workspace, gateway, demo
Safety:         hazards H1 (an answer goes unseen), H2 and H3 (another person's tablet), H5 (lost)
"""
