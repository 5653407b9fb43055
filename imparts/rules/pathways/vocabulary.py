"""Vocabulary: every key of a pathway file and what it says; the guide's tables are drawn from it.

A test holds it beside reader.py, so that no key is read that the guide does not name.
"""

PATHWAY = {
    "id": "the name of the pathway; the same in every version of it",
    "title": "as staff read it",
    "version": "your own; a changed file is a new version",
    "authored_by": "who wrote it",
    "checked_by": 'who checked it; until then "not yet checked by a clinician"',
    "reviewed_on": "the day on which it was last looked through",
    "next_review": "the day by which it is to be looked through again; after reviewed_on",
    "sources": "a list: guidelines, papers, or that it is a local choice",
    "levels": "what is done, from the most pressing down",
}
LEVEL = {
    "code": "a name inside the file; each once",
    "when": "what leads to it: a list of triggers, of which any one is enough",
    "only_when": "for whom it is; left out: for everybody",
    "steps": "what is done, one table a step",
    "nothing_follows": "true instead of steps: nothing is done here, nor at the levels below",
}
TRIGGER = {
    "instrument": "the id of a questionnaire",
    "because": "the reason, as it goes on after the word Because",
    "score_from": "met by this score and all above; where higher scores are worse",
    "score_up_to": "met by this score and all below; where lower scores are worse",
    "flag": "met by a result that carries this mark",
    "band": "met by a result in this band",
    "worse_beyond_chance": "true: worse than the last complete score by the reliable change",
    "better_beyond_chance": "true: better by as much",
    "repeated": "met only when it was so at earlier visits too",
}
REPEATED = {
    "times": "at how many visits in all, this one among them; 2 or more",
    "within_days": "how many days back they count",
}
ONLY_WHEN = {
    "age_from": "people of this age and older",
    "age_up_to": "people of this age and younger",
    "services": "at any of these services, by their codes",
    "pregnant": "true or false",
    "in_treatment": "people in treatment with any of these options",
    "not_in_treatment": "people in treatment with none of these options",
    "after_step": "people for whom this step of the same pathway was done at an earlier visit",
}
STEP = {
    "id": "a name that no other step of any pathway has",
    "kind": "what sort of step it is, from the table below",
    "order": "its place in the list; lower is more pressing",
    "verb_first": "what to do, in bold: Talk today",
    "text": "goes on in the same sentence, so it begins with a space or a comma",
    "offer": "what is offered to the patient, in words",
    "options": "codes of what it offers; people are counted under the first",
    "within": "by when, in words",
    "responsible": "who does it",
    "source": 'where it comes from, or "local choice"',
    "answer_before_end": "true: undecided, it stands on the list at the end of the session",
    "opt_out": "true: a referral that stands unless the person says no",
    "training": "the code of a training, for staff who are new to this step",
    "asks": "questionnaires that a step of the kind repeat has asked, by their ids",
    "in_treatment": "what is said to people who are in treatment with one of its options",
    "fields": "what is recorded when it is done",
}
IN_TREATMENT = {
    "verb_first": "what to do instead; {option} becomes the name of what they are treated with",
    "text": "goes on in the same sentence",
}
FIELD = {
    "code": "a short name: letters, digits and _",
    "label": "what is recorded, as staff read it",
    "choices": "what can be chosen; nothing is chosen beforehand",
}
KIND = {
    "talk": "a conversation. Nothing that is unknown of a person takes it away",
    "refer": "a referral to one of its options",
    "self_help": "a guide that is handed over",
    "advise": "brief advice",
    "repeat": "asking a questionnaire, on demand or again",
    "review": "looking at a plan or a treatment that goes on",
}
TABLES = (
    ("The whole file", PATHWAY),
    ("A level", LEVEL),
    ("A trigger, in when", TRIGGER),
    ("repeated", REPEATED),
    ("only_when", ONLY_WHEN),
    ("A step", STEP),
    ("in_treatment of a step", IN_TREATMENT),
    ("A table of fields", FIELD),
)
