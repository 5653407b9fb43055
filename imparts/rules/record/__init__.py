"""Record: what a hospital record is told about one response, as plain facts.

Owns:           ResultFacts, the shape that is stored with a message until it is sent
Start reading:  result_facts.py
Asks:           nothing
Asked by:       informatics.questionnaires (writes the facts), gateway (turns them into a message)
Safety:         hazard H5 (a result never reaches the hospital record, or reaches it twice)

Those who answer the patient know the facts; those who speak to the record know the wire. The facts
are kept as JSON in the outbox, so that neither has to know the other, and so that a message can be
made again years later from exactly what was known when the patient answered.
"""
