"""Marks: where a statement of a file comes from, in four fixed wordings.

A file says it in its own words ("source: two public calculators", "from general knowledge, not
verified here"). A reader of a table needs to see at a glance which numbers still have to be
checked, so each statement gets the least certain mark that its words deserve.
"""

import re

from imparts.rules.instruments.unverified import MARKS

SEEN = "Seen in a source"
GENERAL = "General knowledge, not verified here"
PROJECT = "Project rule"
UNSTATED = "Origin not stated"

MEANINGS = (
    (SEEN, "the number or the words were read in the source that is named"),
    (GENERAL, "commonly said, but no source was read; a local clinician must check it first"),
    (PROJECT, "decided by this project, not published; a site may decide otherwise"),
    (UNSTATED, "the file does not say where it comes from"),
)

_NOT_VERIFIED = (*MARKS, "not verified", "not found here", "no source")
_PROJECT = ("project rule", "written for this project")
_REPEATED = re.compile(r"(^|[,;:]\s*)(from )?general knowledge(, not verified here)?")
_SEEN = ("source", "seen in", "camcops", "openehr", "loinc")
_ADDRESS = re.compile(r"\b[\w-]+\.(com|net|org|gov|edu|co|ac|nhs)\b")


def mark_of(status: str) -> str:
    """The mark for what a file says about the origin of something."""
    said = status.lower()
    if any(words in said for words in _NOT_VERIFIED):
        return GENERAL
    if any(words in said for words in _PROJECT):
        return PROJECT
    if any(words in said for words in _SEEN) or _ADDRESS.search(said):
        return SEEN
    return UNSTATED


def origin_of(status: str) -> str:
    """The mark of a statement, with the file's own words when they say more."""
    mark = mark_of(status)
    said = _without_the_mark(status)
    if mark == UNSTATED and said:
        return said  # no mark fits, so the file speaks for itself
    if said.startswith("("):
        return f"{mark} {said}"
    return f"{mark}: {said}" if said else mark


def _without_the_mark(status: str) -> str:
    """The file's words without those that the mark repeats."""
    said = _REPEATED.sub("", status.strip())
    said = "" if said.lower() in (PROJECT.lower(), "numbers", "not verified here") else said
    return said.removeprefix("source: ").strip(" ,;:")
