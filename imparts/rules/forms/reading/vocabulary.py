"""Vocabulary: every extension and item control that is known, and what becomes of it here.

The tables of docs/guides/importing-questionnaires.md are drawn from this file, and a test keeps
them so. What stands in none of these lists is named in the report as not known. What we write goes
out under the same names.
"""

from imparts.rules.forms.weights import WEIGHTS

FHIR = "http://hl7.org/fhir/StructureDefinition/"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-"
FHIRPATH = "text/fhirpath"
LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
UCUM = "http://unitsofmeasure.org"

CALCULATED = (SDC + "calculatedExpression", FHIR + "questionnaire-calculatedExpression")
INITIAL = (SDC + "initialExpression", FHIR + "questionnaire-initialExpression")
ENABLED = (SDC + "enableWhenExpression", FHIR + "questionnaire-enableWhenExpression")
VARIABLE = FHIR + "variable"
CONTROL = FHIR + "questionnaire-itemControl"
HIDDEN = FHIR + "questionnaire-hidden"
EXCLUSIVE = FHIR + "questionnaire-optionExclusive"
PREFIX = FHIR + "questionnaire-optionPrefix"
UNIT = FHIR + "questionnaire-unit"
UNIT_OPTION = FHIR + "questionnaire-unitOption"
MIN_OCCURS = FHIR + "questionnaire-minOccurs"
MAX_OCCURS = FHIR + "questionnaire-maxOccurs"
MIN_VALUE = FHIR + "minValue"
MAX_VALUE = FHIR + "maxValue"
MIN_QUANTITY = SDC + "minQuantity"
MAX_QUANTITY = SDC + "maxQuantity"
MIN_LENGTH = FHIR + "minLength"
DECIMALS = FHIR + "maxDecimalPlaces"
REGEX = FHIR + "regex"
ENTRY_FORMAT = FHIR + "entryFormat"
SLIDER_STEP = FHIR + "questionnaire-sliderStepValue"
TRANSLATION = FHIR + "translation"
LAUNCH_CONTEXT = SDC + "launchContext"
ABSENT_REASON = FHIR + "data-absent-reason"  # of a response, where an answer was declined
# Ours, under whatever address the site that sends it has.
ASKS_ABOUT_HARM = "asks-about-harm"

# Extension to what we do about it.
HONOURED: dict[str, str] = {
    **dict.fromkeys(CALCULATED, "worked out after each answer, in the order of what rests on what"),
    **dict.fromkeys(INITIAL, "worked out once, before the first question"),
    **dict.fromkeys(ENABLED, "decides whether the item applies, after each answer"),
    VARIABLE: "a named step of other expressions",
    LAUNCH_CONTEXT: "%patient with name, date of birth and gender; no other",
    CONTROL: "see the table of item controls",
    HIDDEN: "not shown; its value still counts",
    EXCLUSIVE: "chosen alone",
    PREFIX: "shown before the answer",
    **dict.fromkeys(WEIGHTS, "the weight of an answer, for weight() and ordinal()"),
    UNIT: "shown beside the number, and sent with it",
    UNIT_OPTION: "a choice of units",
    MIN_OCCURS: "at least so many answers",
    MAX_OCCURS: "at most so many answers",
    MIN_VALUE: "checked",
    MAX_VALUE: "checked",
    MIN_QUANTITY: "checked when the units are the same",
    MAX_QUANTITY: "checked when the units are the same",
    MIN_LENGTH: "checked",
    DECIMALS: "checked",
    REGEX: "checked, without back-references and looking around",
    ENTRY_FORMAT: "shown as a hint",
    SLIDER_STEP: "the steps of a slider",
    TRANSLATION: "offered when the whole form is in that language",
    ASKS_ABOUT_HARM: "listed as a question about harm, whatever its words are (imparts writes it)",
}

# Notes for authors and programs that ask for nothing from whoever asks the questions.
WITHOUT_EFFECT: dict[str, str] = {
    FHIR + "designNote": "a note of the author",
    FHIR + "questionnaire-displayCategory": "a label of the text",
    FHIR + "questionnaire-fhirType": "a note for programs",
    FHIR + "questionnaire-observationLinkPeriod": "for filling in from a record",
    FHIR + "rendering-styleSensitive": "styles are not used",
    FHIR + "structuredefinition-wg": "who maintains it",
    FHIR + "structuredefinition-fmm": "how mature it is",
    FHIR + "structuredefinition-standards-status": "how mature it is",
    FHIR + "artifact-versionAlgorithm": "how versions are compared",
    FHIR + "resource-effectivePeriod": "a note for programs",
    SDC + "optionalDisplay": "everything is shown",
    SDC + "shortText": "the whole text is shown",
    SDC + "performerType": "who usually answers",
    SDC + "observationLinkPeriod": "for filling in from a record",
}

# What is asked for and not done: the sentence that the report gives.
NOT_HONOURED: dict[str, str] = {
    SDC
    + "answerExpression": "the answers on offer would be worked out; only fixed ones are offered",
    SDC + "candidateExpression": "suggested answers are not looked up",
    SDC + "contextExpression": "context is not looked up",
    SDC + "answerOptionsToggleExpression": "answers are not switched on and off; all are offered",
    SDC + "lookupQuestionnaire": "nothing is looked up",
    SDC + "itemPopulationContext": "nothing is filled in from a record",
    SDC + "itemContext": "nothing is filled in from a record",
    SDC + "sourceQueries": "nothing is filled in from a record",
    SDC + "sourceStructureMap": "nothing is filled in from a record",
    SDC + "targetStructureMap": "answers are not turned into other resources",
    SDC + "itemExtractionContext": "answers are not turned into other resources",
    SDC + "observationExtract": "answers are not turned into other resources",
    SDC + "observation-extract-category": "answers are not turned into other resources",
    SDC + "isSubject": "the form is always about the patient",
    SDC + "endpoint": "answers are sent nowhere but to this hospital's record",
    SDC + "questionnaireAdaptive": "questions are not fetched one by one from elsewhere",
    SDC + "subQuestionnaire": "another form is not fetched; import it on its own",
    SDC + "assemble-expectation": "the form is to be put together from others; import the result",
    SDC + "preferredTerminologyServer": "no terminology server is asked",
    SDC + "unitOpen": "only the units listed may be chosen",
    SDC + "unitSupplementalSystem": "only the units listed may be chosen",
    SDC + "openLabel": "the label of the free-text answer is our own",
    SDC + "choiceColumn": "answers are shown as one text each",
    SDC + "columnCount": "questions and answers stand one under the other",
    SDC + "width": "widths are our own",
    SDC + "collapsible": "everything is shown, one question a page",
    SDC + "keyboard": "the keyboard follows from the kind of answer",
    SDC + "entryMode": "questions are asked in order, and one may go back",
    SDC + "itemMedia": "pictures and sounds are not shown",
    SDC + "itemAnswerMedia": "pictures and sounds are not shown",
    FHIR + "questionnaire-answerMedia": "pictures and sounds are not shown",
    FHIR + "questionnaire-itemMedia": "pictures and sounds are not shown",
    FHIR + "questionnaire-choiceOrientation": "answers stand one under the other",
    FHIR + "questionnaire-supportLink": "links that lead away from the tablet are not shown",
    FHIR + "questionnaire-unitValueSet": "the list of units is not in the file",
    FHIR + "questionnaire-signatureRequired": "no signature is taken",
    FHIR + "questionnaire-constraint": "rules across several answers are not checked",
    FHIR + "targetConstraint": "rules across several answers are not checked",
    FHIR + "questionnaire-referenceResource": "nothing is looked up",
    FHIR + "questionnaire-referenceProfile": "nothing is looked up",
    FHIR + "questionnaire-referenceFilter": "nothing is looked up",
    FHIR + "questionnaire-usageMode": "the item is asked whatever its use is said to be",
    FHIR + "maxSize": "no files are taken",
    FHIR + "mimeType": "no files are taken",
    FHIR + "rendering-style": "colours and sizes are our own",
    FHIR + "rendering-xhtml": "the plain text is shown, without markup",
    FHIR + "rendering-markdown": "the plain text is shown, without markup",
    FHIR + "terminology-server": "no terminology server is asked",
    FHIR + "cqf-library": "CQL is not worked out",
    FHIR + "cqf-expression": "CQL is not worked out",
    FHIR + "cqf-calculatedValue": "CQL is not worked out",
    FHIR + "cqf-initialValue": "CQL is not worked out",
}

CONTROLS: dict[str, str] = {
    "drop-down": "one choice from a list",
    "radio-button": "one choice, all in sight",
    "check-box": "one or several choices, all in sight",
    "text-box": "a text",
    "slider": "a number between two ends",
    "spinner": "a number",
    "page": "what stands in the group begins on a page of its own",
    "help": "shown under its question",
    "flyover": "shown under its question",
    "prompt": "shown as text",
    "inline": "shown as text",
    "header": "shown as text",
    "footer": "shown as text",
    "legal": "shown as text",
    "unit": "shown beside the answer",
    "lower": "what the low end of a scale means",
    "upper": "what the high end of a scale means",
}
CONTROLS_NOT_HONOURED: dict[str, str] = {
    "autocomplete": "answers are chosen from the whole list",
    "lookup": "answers are chosen from the whole list",
    "list": "one question after the other",
    "table": "one question after the other",
    "htable": "one question after the other",
    "gtable": "one question after the other",
    "atable": "one question after the other",
    "grid": "one question after the other",
    "tab-container": "one question after the other",
    "collapsible": "everything is shown",
    "flow": "one question after the other",
}

# Types of R4 to how they are asked.
TYPES: dict[str, str] = {
    "group": "a heading over what stands in it; may be filled in several times",
    "display": "a text to read",
    "boolean": "yes or no",
    "decimal": "a number of at most 15 digits",
    "integer": "a whole number",
    "date": "a day",
    "dateTime": "a day, or a day and a time",
    "time": "a time",
    "string": "a short text",
    "text": "a text of at most 5,000 characters",
    "url": "an address",
    "choice": "one or several of the answers that the file lists",
    "open-choice": "the same, or one's own words",
    "quantity": "a number with its unit",
    "attachment": "not asked: no files are taken",
    "reference": "not asked, unless the file lists the answers: nothing is looked up",
}

# Keys of R4 that ask for something, to what becomes of them.
KEYS: dict[str, str] = {
    "linkId": "the name of the item; a missing or doubled one is replaced, with a warning",
    "prefix": "shown before the text",
    "text": "shown as plain text, whatever markup it holds",
    "code": "kept, sent, and looked through for questions about harm",
    "enableWhen": "all operators; for several answers and for repeats as FHIR says",
    "enableBehavior": "any or all; when it is missing, any, so that more is asked",
    "required": "said to the patient; leaving it out is possible and makes the result incomplete",
    "repeats": "several answers to a question; several times of a group",
    "readOnly": "not asked; its first or worked-out value counts",
    "maxLength": "checked, up to 5,000 characters",
    "answerOption": "codings, whole numbers, texts, days, times and references",
    "answerValueSet": "value sets in the file itself, spelt out; no other list is fetched",
    "initial": "a proposal; it is no answer until the patient sends it",
    "item": "up to 30 deep; a question under a question is asked for each of its answers",
}
