"""Reading: a stranger's FHIR Questionnaire, mended where it is slightly wrong, item by item.

Owns:           nothing
Start reading:  json_text.py, mending.py, then item_reader.py
Asks:           rules.content, rules.forms
Asked by:       rules.forms.reader
Safety:         hazards H1 (what may ask about harm is listed) and H4 (nothing dropped in silence)

Three steps. json_text.py turns text into plain values or refuses it. mending.py brings older and
slightly wrong shapes into the shape of R4, with a warning for each. Then item_reader.py takes one
key after the other; what nobody took is named in the report.
"""
