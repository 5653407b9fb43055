"""Forms: questionnaires that someone else wrote, read from FHIR R4 and asked as they say.

Owns:           Form and its parts, as frozen shapes; the report of one import
Start reading:  definition.py, reader.py, then filling.py, at whose result screens.py, response.py
                and result.py look
Asks:           rules.content
Asked by:       rules.packs, library, authoring, informatics.questionnaires, workspace,
                gateway.fhir, commands (instruments import)
Safety:         hazards H1 (a question about harm is listed, and a person decides) and H4 (what a
                file says and we cannot do is named, never dropped)

A form is not an instrument: nobody here has checked its wording or its scoring. It is kept as the
text that its author published, and shown as plain text, whatever markup it holds.
"""
