"""A draft: the rule, what changes in words, its run, its signatures, and yours."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from imparts.access.roles import ROLES
from imparts.design.dates import clock, day, short_day
from imparts.rules.pathways.options import Option
from imparts.rules.pathways.signatures import LEAD, SAFETY, SECOND

if TYPE_CHECKING:
    from datetime import datetime

    from imparts.authoring.models import PathwayComment, PathwayDraft
    from imparts.authoring.queries.pathway_signing import Part, Signing
    from imparts.workspace.pages.pathways.rule import LevelLines
    from imparts.workspace.pages.pathways.run import RunPage

NAMES = {LEAD: "Clinical lead", SAFETY: "Clinical safety officer", SECOND: "Second clinician"}


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One signature: whose, why, and what was said."""

    mark: str
    who: str
    why: str
    said: str


@dataclass(frozen=True, slots=True)
class Yours:
    """The signature that the reader may give now."""

    content: int
    is_last: bool
    who: str
    accepts: tuple[str, ...]
    read: str


@dataclass(frozen=True, slots=True)
class CommentLine:
    """What somebody said."""

    who: str
    text: str


@dataclass(frozen=True, slots=True)
class DraftPage:
    """Exactly what the page of a draft may show."""

    title: str
    stands: str
    draft: int
    revision: int
    service: int
    place: str
    key: str
    rule_heading: str
    rule: tuple["LevelLines", ...]
    changes: tuple[str, ...]
    is_changed: bool
    run: "RunPage | None"
    no_run: str
    signatures: tuple[SignatureLine, ...]
    nobody_signs: str
    sent_back: str
    yours: Yours | None
    why_none: str
    comments: tuple[CommentLine, ...]
    may_edit: bool
    why_no_edit: str
    """Why a clinical lead finds no Edit; empty where there is one, or where it was never theirs."""
    may_comment: bool
    foot: str
    live_head: str
    draft_head: str
    typed: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)


def head_of(row: "PathwayDraft", *, title: str, number: int) -> str:
    """The title: which draft against which version."""
    if row.live_from is not None:
        return f"{title}: version {number + 1}"
    return f"{title}: draft {number + 1} against live {number}"


def stands_of(row: "PathwayDraft", called: Callable[[str], str], *, number: int, since: str) -> str:
    """Who drafted it and when, and since when the other is live."""
    by = ", ".join(called(name) for name in row.authors) or called(row.changed_by)
    if row.live_from is not None:
        return f"Draft by {by}. Signed by all, live from {day(row.live_from)}"
    return f"Draft by {by}, {day(row.changed_at)}. Live {number} since {since}"


def signature_lines(
    signing: "Signing", called: Callable[[str], str], options: Mapping[str, Option], *, me: str
) -> tuple[SignatureLine, ...]:
    """Every signature that is needed, given or not."""
    return tuple(_line(one, signing, called, options, me) for one in signing.parts)


def _line(
    one: "Part", signing: "Signing", called: Callable[[str], str],
    options: Mapping[str, Option], me: str,
) -> SignatureLine:  # fmt: skip
    who, why = _who(one), _why(one, options)
    if one.given is not None:
        reason = f": \u201c{one.given.reason}\u201d" if one.given.reason else ""
        by = called(one.given.by)
        signed = "Signed" if by.lower() == who.lower() else f"{by}, signed"
        return SignatureLine("tick", who, why, f"{signed} {_at(one.given.at)}{reason}")
    if not one.is_next:
        when = "it is handed in" if signing.asked_at is None else "all others have signed"
        said = f"Asked when {when}"
        return SignatureLine("dot", who, why, said)
    if me in one.people:
        return SignatureLine("ring", f"{who}: you", why, _asked(signing))
    if not one.people:
        return SignatureLine("ring", who, why, "Nobody of this service may give it now")
    names = ", ".join(dict.fromkeys(called(name) for name in one.people))
    return SignatureLine("ring", who, why, f"{_asked(signing)}: {names}")


def _asked(signing: "Signing") -> str:
    return f"Asked {_at(signing.asked_at)}" if signing.asked_at else "Not asked yet"


def _at(moment: "datetime") -> str:
    return f"{short_day(moment)} {clock(moment)}"


def _who(one: "Part") -> str:
    if one.needed.partner_role:
        return ROLES[one.needed.partner_role].name
    return NAMES[one.needed.part]


def _why(one: "Part", options: Mapping[str, Option]) -> str:
    if one.needed.options:
        names = " and ".join(options[code].in_words for code in one.needed.options)
        return f"{one.needed.why}: {names}"
    return one.needed.why if one.needed.part in (SAFETY, SECOND) else ""


def yours_of(
    signing: "Signing", row: "PathwayDraft", *, me: str, accepts: tuple[str, ...], read: str
) -> Yours | None:
    """The signature that the reader may give, if any."""
    part = signing.part_of(me)
    if part is None or row.made_id is None:
        return None
    return Yours(row.made_id, part.needed.part == SECOND, _who(part), accepts, read)


def why_no_signature(signing: "Signing", row: "PathwayDraft", *, me: str) -> str:
    """What the reader can do instead of signing, in a sentence."""
    if row.live_from is not None:
        return "Everybody has signed."
    if row.made_id is None:
        return "Nobody can sign it before it is handed in."
    if me in row.authors:
        return "You have changed this draft, so others sign it."
    if any(one.given is not None and one.given.by == me for one in signing.parts):
        return "You have signed."
    if any(me in one.people for one in signing.waits_for):
        return "Yours is asked for when all others have signed."
    return "No signature of yours is asked for."


def why_no_edit(row: "PathwayDraft", *, is_lead: bool) -> str:
    """What holds the rule while it is being signed, and how it can be changed again."""
    if not is_lead or row.made_id is None or row.live_from is not None:
        return ""
    return (
        "It waits for signatures, so it cannot be edited now. "
        "Anyone who is asked to sign can send it back; then it can be edited again."
    )


def nobody_signs(codes: tuple[str, ...], options: Mapping[str, Option]) -> str:
    """Options that change and for which nobody signs in here."""
    names = [options[code].in_words for code in codes if code in options]
    if not names:
        return ""
    return f"Nobody signs in here for {' or '.join(names)}. Say in the reason who was asked there."


def comment_lines(
    rows: "list[PathwayComment]", called: Callable[[str], str]
) -> tuple[CommentLine, ...]:
    """What was said, first to last."""
    return tuple(
        CommentLine(f"{called(one.by)}, {_at(one.at)}, of revision {one.revision}", one.text)
        for one in rows
    )
