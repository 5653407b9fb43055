"""FHIR R4 as plain dicts: instruments, responses, scores and more, which any FHIR system reads.

Owns:           nothing
Start reading:  questionnaire.py, then response.py and observation.py
Asks:           rules.instruments, rules.scoring, rules.forms, rules.record (its cautions)
Asked by:       gateway.fhir_server, workspace, authoring, commands.instruments_fhir
Safety:         hazards H1 (an answer goes unseen) and H4 (a score is wrong)

    addresses       every address and code that we write: FHIR's, SNOMED CT's, LOINC's and our own
    extensions      the few extensions we use, all but one of them HL7's
    notices         whose words and codes these are, and whether the words may leave at all
    choices         an item's answers as FHIR writes them
    paths           pieces of FHIRPath
    applies         which items apply, as FHIRPath and as enableWhen
    adding, best    the scores as FHIRPath, which any engine can work out from a response alone
    expressions     every result of one instrument with its expression
    asked           the questions as items
    questionnaire   an instrument as Questionnaire
    about           who answered, when, and for whom
    response        one person's answers as QuestionnaireResponse
    measures        the numbers and codes inside an Observation
    observation     what the answers add up to, as Observations
    form_numbers    the numbers of a form that someone else wrote, as Observations
    identifiers     the numbers by which people are known, with the systems that say whose they are
    patient, organization, practitioner, appointment
                    who is cared for, by whom and when; patient_in reads a Patient that is sent
    flag, service_request, task, care_plan, condition, body_measure, communication,
    document_reference, audit_event, provenance
                    what the server gives besides: each from a plain shape of the same file
    sending, told   one response as a transaction for another server, from its stored facts
    structure       whether a resource has the shape of FHIR R4, by HL7's own schema (r4)

All of it is plain Python: no Django, no clock, no network. Resources are plain dicts, ready for
json.dumps. How they look, and why, is in docs/guides/for-integrators-fhir.md.
"""
