"""One version of the library on one page: what it says, what is new, who stands for it, where."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imparts.authoring.pages.says import Section, sections_of
from imparts.authoring.pages.weight import Weight
from imparts.design.dates import clock, day
from imparts.rules.content import NOT_CHECKED

if TYPE_CHECKING:
    from datetime import date

    from imparts.authoring.queries.texts import WhatItSays
    from imparts.library.models import ContentVersion, InForce, Signature
    from imparts.rules.content_changes import ContentChange
    from imparts.rules.packs.differences import Difference

KINDS = {
    "instrument": "Instrument",
    "pack": "Pack",
    "pathway": "Pathway",
    "patient_text": "What patients are told",
    "wording": "Licensed wording",
    "form": "Imported questionnaire",
    "page_words": "Words of the tablet's pages",
}
MAY_BE_USED = "It is signed and may be used at this site."
ONLY_HERE = "Nobody has signed it. Only a demonstration may use it before that."
MEANS = {"added": "New", "removed": "No longer", "changed": "Changed"}
BEGUN = (
    "Whoever has been handed a tablet before goes on with the version that they began with; their "
    "answers are scored by it. Everyone who is handed one after that meets the new version."
)


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature."""

    who: str
    when: str
    statement: str
    accepts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is new: what kind of change, of what, what it was and is."""

    kind: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Used:
    """One service that uses it, or will."""

    service: str
    service_id: int
    when: str


@dataclass(frozen=True, slots=True)
class VersionPage:
    """Everything that a person reads before signing, starting or copying one version."""

    content: int
    kind: str
    kind_name: str
    title: str
    key: str
    standing: str
    may_be_used: bool
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    weight: Weight | None
    compared: str
    changes: tuple[Change, ...]
    signatures: tuple[Signed, ...]
    used: tuple[Used, ...]
    accepts: tuple[str, ...]
    may_sign: bool
    why_may_not_sign: str
    may_start: bool
    may_compose: bool
    may_change: bool
    begun: str = BEGUN


@dataclass(frozen=True, slots=True)
class May:
    """What the reader may do with this version."""

    sign: bool
    why_not_sign: str
    start: bool
    compose: bool
    change: bool


def version_page(
    says: "WhatItSays", *, why_not: str | None, compared: str, changes: tuple[Change, ...],
    signatures: "Iterable[Signature]", used: "Iterable[InForce]", accepts: tuple[str, ...],
    weight: Weight | None, may: May, today: "date",
) -> VersionPage:  # fmt: skip
    """Put one version on its page."""
    content, signed = says.content, tuple(_signed(one) for one in signatures)
    return VersionPage(
        content=content.pk,
        kind=content.kind,
        kind_name=KINDS.get(content.kind, content.kind),
        title=title_of(says),
        key=content.key,
        standing=why_not or (MAY_BE_USED if signed else ONLY_HERE),
        may_be_used=why_not is None and bool(signed),
        facts=_facts(says),
        sections=sections_of(says),
        weight=weight,
        compared=compared,
        changes=changes,
        signatures=signed,
        used=tuple(_used(row, today) for row in used),
        accepts=accepts,
        may_sign=may.sign,
        why_may_not_sign=may.why_not_sign,
        may_start=may.start and content.kind in ("pack", "pathway"),
        may_compose=may.compose and content.kind == "pack",
        may_change=may.change,
    )


def title_of(says: "WhatItSays") -> str:
    """What staff call this version."""
    if says.pack:
        return says.pack.name
    if says.pathway:
        return says.pathway.title
    if says.texts:
        return f"What patients in {says.texts.name} are told"
    if says.form:
        return says.form.title
    if says.page_words:
        return f"The tablet's pages in {says.page_words.name}"
    return says.instruments[0].title if says.instruments else says.content.key


def changes_of_pack(found: "Iterable[Difference]") -> tuple[Change, ...]:
    """The differences of two packs."""
    return tuple(Change(MEANS[one.kind], one.what, one.before, one.after) for one in found)


def changes_of_text(found: "Iterable[ContentChange]") -> tuple[Change, ...]:
    """The differences of two texts, value by value."""
    return tuple(Change(_kind(one), one.where, one.before, one.after) for one in found)


def _kind(one: "ContentChange") -> str:
    if not one.before:
        return MEANS["added"]
    return MEANS["changed"] if one.after else MEANS["removed"]


def _facts(says: "WhatItSays") -> tuple[tuple[str, str], ...]:
    content = says.content
    found = says.pack or says.pathway or says.texts or next(iter(says.instruments), None)
    facts = [("Version", content.version)]
    if found is not None:
        facts += [
            ("Written by", found.authored_by),
            ("Checked by", _checked(found.checked_by)),
            ("To be looked at again", day(found.next_review)),
            ("Rests on", " ".join(found.sources)),
        ]
    if says.form is not None:
        facts += [("Published by", says.form.publisher), ("Rights", says.form.copyright)]
    if says.page_words is not None:
        words = says.page_words
        facts += [("Made or approved by", f"{words.authority}, {day(words.dated)}")]
        facts += [("Rests on", words.source)]
    facts.append(("Came here", _came(content)))
    return tuple((what, said) for what, said in facts if said)


def _checked(said: str) -> str:
    return "Not yet checked by a clinician" if said == NOT_CHECKED else said


def _came(content: "ContentVersion") -> str:
    if content.is_shipped:
        return f"shipped with imparts, {day(content.loaded_at)}"
    return f"{content.loaded_by or 'this site'}, {day(content.loaded_at)}"


def _signed(one: "Signature") -> Signed:
    return Signed(
        who=f"{one.as_role} ({one.signed_by})",
        when=f"{day(one.at)}, {clock(one.at)}",
        statement=one.statement,
        accepts=tuple(one.accepts),
    )


def _used(row: "InForce", today: "date") -> Used:
    said = "since" if row.from_on <= today else "from"
    return Used(str(row.service), row.service_id, f"{said} {day(row.from_on)}")
