"""Diagnoses: what may be kept as one, and what is wrong with one that is refused."""

from datetime import date

LONGEST = 250


def why_refused(
    words: str, code: str, system: str, diagnosed_on: date | None, *, today: date, born_on: date
) -> str:
    """What is wrong with a diagnosis and how to mend it, in a sentence; empty when nothing is."""
    if not words:
        return "Write what the diagnosis is."
    if len(words) > LONGEST:
        return f"A diagnosis has at most {LONGEST} characters. Write it shorter."
    if "\0" in words or any(char < " " for char in words):
        return "A diagnosis is one line. Write it without line breaks."
    if code and not system:
        return "A code needs its system, such as ICD-10. Write the words alone, or both."
    if diagnosed_on and diagnosed_on > today:
        return "The day is still to come. Choose today or an earlier day."
    if diagnosed_on and diagnosed_on < born_on:
        return "The day is before this person was born. Choose the day of the diagnosis."
    return ""
