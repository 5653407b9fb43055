"""DocumentReference: a letter exactly as it was made, with its words as plain text inside.

A letter that was made is never changed; another one is made beside it, so its status is always
current. The attachment is the text of the letter: its layout is the PDF's, on our pages.
"""

from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha1
from typing import Any

from imparts.gateway.fhir.about import filled, reference
from imparts.gateway.fhir.addresses import Addresses
from imparts.rules.letters.definition import LetterFacts

Json = dict[str, Any]

PLAIN_TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """One letter."""

    id: str
    patient: str
    kind: str  # gp, referral
    title: str
    made_at: datetime
    text: str
    author: str = ""
    custodian: str = ""
    is_in_error: bool = False


def document_reference_of(facts: DocumentFacts, addresses: Addresses | None = None) -> Json:
    """One letter."""
    addresses = addresses or Addresses()
    made = facts.made_at.isoformat(timespec="seconds")
    kind = addresses.coding("letters", facts.kind, facts.title)
    return filled(
        {
            "resourceType": "DocumentReference",
            "id": facts.id,
            "status": "entered-in-error" if facts.is_in_error else "current",
            "docStatus": "entered-in-error" if facts.is_in_error else "final",
            "type": {"coding": [kind], "text": facts.title},
            "subject": reference(facts.patient),
            "date": made,
            "author": [{"display": facts.author}] if facts.author else [],
            "custodian": {"display": facts.custodian} if facts.custodian else {},
            "content": [content(PLAIN_TEXT, facts.text.encode(), made, title=facts.title)],
        }
    )


def letter_as_text(letter: LetterFacts) -> str:
    """The words of a letter in the order of the page, a line each."""
    who = f"{letter.person.family_name}, {letter.person.given_name}, {letter.person.born}"
    lines = [letter.title, "", letter.first, letter.second, who, letter.seen, ""]
    lines += ["".join(part.text for part in letter.gist), ""]
    lines += [": ".join(part for part in (row.name, row.score) if part) for row in letter.scores]
    lines += [letter.scores_note]
    for section in letter.sections:
        lines += ["", section.heading, *section.lines]
    lines += ["", letter.left_out, letter.signed, letter.sender]
    return "\n".join(lines).strip() + "\n"


def content(kind: str, data: bytes, made: str, *, title: str = "") -> Json:
    """A document itself, inside the resource, with the moment at which it was made."""
    return {
        "attachment": filled(
            {
                "contentType": kind,
                "language": "en-GB",
                "data": b64encode(data).decode(),
                "size": len(data),
                "hash": b64encode(sha1(data, usedforsecurity=False).digest()).decode(),
                "title": title,
                "creation": made,
            }
        )
    }
