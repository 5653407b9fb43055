"""The proof of what happened to alerts: every event as a row of a chain, and the sheet about it.

No name, no number and no answer stands in it: alert numbers, places, times and job titles.
"""

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO

from imparts.design.dates import clock, day
from imparts.design.words import counted
from imparts.pathways.queries import AlertStory
from imparts.rules.proof.chain import HOW, Proof

HEAD = (
    "alert", "service", "tier", "asked in", "question", "event of the alert", "event", "at",
    "by", "for", "called as", "who talked", "what was done", "test patient",
)  # fmt: skip
COLUMNS = (
    ("alert", "The alert's number here. It is no number of a person."),
    ("service", "Where it was raised."),
    ("tier", "A: a person must act now. B: in the worklist. C: for information."),
    ("asked in, question", "The questionnaire and the question, by their short names."),
    ("event of the alert", "1 for the first thing that happened to this alert, 2 for the next."),
    ("event", "raised, answered again, delivered, told, seen, escalated (called), acknowledged "
     "(taken), handed on, noted, acted, closed."),
    ("at", "When, in universal time."),
    ("by, for", "Job title and staff number of who did it, and for whom."),
    ("called as", "On which rung of the ladder somebody was called."),
    ("who talked, what was done", "As chosen on the form. Words that somebody typed are left out."),
    ("test patient", "yes: nobody real."),
    ("chain", "Shows that no row is missing, added, moved or changed."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProofPage:
    """The sheet: what is in the proof, and how to check it."""

    title: str
    said: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    how: str
    last: str
    query: str

    @classmethod
    def of(
        cls, proof: Proof, *, alerts: int, wanted: str, query: str, now: datetime
    ) -> "ProofPage":
        """Put it into words."""
        return cls(
            title="Proof of what happened to alerts",
            said=sentences(proof, alerts=alerts, wanted=wanted, now=now),
            columns=COLUMNS,
            how=HOW,
            last=proof.last,
            query=query,
        )


def sentences(proof: Proof, *, alerts: int, wanted: str, now: datetime) -> tuple[str, ...]:
    """What is in it."""
    return (
        f"{counted(alerts, 'alert')} with {counted(len(proof.rows), 'event')}, {wanted}, taken on "
        f"{day(now)} at {clock(now)}.",
        "Every event of every alert, in the order in which they were stored. Events are added and "
        "never changed, so a proof taken later for the same days begins with this one.",
        "No name, no number of a person and no answer is in it.",
        "A value that begins with = + - @, a tab or a return has an apostrophe before it, so that "
        "no spreadsheet takes it for a formula.",
    )


def proof_of(stories: Iterable[AlertStory], titles: Mapping[str, str]) -> Proof:
    """Every event as a row; `titles` says who a user name is, without a name."""
    numbered = sorted(
        (event.pk, number, story, event)
        for story in stories
        for number, event in enumerate(story.events, start=1)
    )
    rows = (
        (
            str(story.alert.pk), str(story.alert.service), story.tier, story.alert.instrument,
            story.alert.item, str(number), str(event.name),
            event.at.astimezone(UTC).isoformat(timespec="milliseconds"), titles[event.by],
            titles[event.for_whom] if event.for_whom else "", event.rung,
            str(event.details.get("talked_by", "")), str(event.details.get("action", "")),
            "yes" if story.alert.patient.is_test else "no",
        )
        for _, number, story, event in numbered
    )  # fmt: skip
    return Proof.of(HEAD, rows)


def as_csv(proof: Proof) -> str:
    """A table for a spreadsheet; the last column is the chain."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow((*proof.head, "chain"))
    writer.writerows((*row, link) for row, link in zip(proof.rows, proof.links, strict=True))
    return text.getvalue()


def as_json(proof: Proof, *, said: tuple[str, ...]) -> str:
    """The same with its sheet."""
    whole = {
        "about": [*said, HOW],
        "columns": dict(COLUMNS),
        "last": proof.last,
        "rows": [
            dict(zip((*proof.head, "chain"), (*row, link), strict=True))
            for row, link in zip(proof.rows, proof.links, strict=True)
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)
