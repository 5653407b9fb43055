"""Operations on what is clinical: is it right, what is asked, what it comes to, all of a person.

Owns:           nothing
Start reading:  validating.py
Asks:           fhir_server.registry, fhir_server.answers_sent, gateway.fhir
Asked by:       fhir_server.kinds.operations
Safety:         hazards H2 (the wrong patient), H4 (a score is wrong), H8 (somebody sees what they
                may not): each operation passes the same door as reading does

    validating      $validate: any type, and answers against their questionnaire; stores nothing
    populating      Questionnaire/$populate: an empty response about one person
    extracting      QuestionnaireResponse/$extract: what answers come to, as Observations
    everything      Patient/$everything: all that this reader may see of one person
"""
