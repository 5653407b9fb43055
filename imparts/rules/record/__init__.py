"""Record: what a hospital record is told about one response, as plain facts.

Owns:           ResultFacts and DocumentFacts, the shapes that are stored with a message until it is
                sent; DestinationMapping, how one destination wants them told
Start reading:  result_facts.py, then mapping.py
Asks:           nothing
Asked by:       informatics.questionnaires (writes the facts), gateway (turns them into a message)
Safety:         hazard H5 (a result never reaches the hospital record, or reaches it twice)

Those who answer the patient know the facts; those who speak to the record know the wire. The facts
are kept as JSON in the outbox, so that neither has to know the other, and so that a message can be
made again years later from exactly what was known when the patient answered.

    result_facts, score_facts   one response and what it comes to
    document_facts              a visit's summary; document_words and in_words: what it says
    json_facts                  to JSON and back, each fact refused by its name
    mapping, mapping_reading    a destination's codes, names and fields as data; applying: applied
    mapping_known               whether what a mapping names is there
    cautions                    what every reader must know of codes and numbers
    invented                    a result of nobody's, for previews of a mapping
"""
