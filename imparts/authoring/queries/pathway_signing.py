"""Signing a pathway: which signatures a draft needs, which are there, and who may give the rest."""

from dataclasses import dataclass
from datetime import date, datetime

from imparts.access.queries import Asking, staff_in_roles
from imparts.access.roles import ROLES, May
from imparts.authoring.models import PathwayDraft, PathwaySignature
from imparts.authoring.queries.pathway_drafts import pathway_in
from imparts.library import queries as library
from imparts.rules.pathways.signatures import SAFETY, SECOND, Needed, signatures_needed

SAFETY_ROLES = ("safety",)
SECOND_ROLES = tuple(
    code for code, role in ROLES.items() if {May.SIGN_CONTENT, May.DECIDE_STEPS} <= role.may
)
"""Clinicians who may sign: what they stand for is that patients may be treated by it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One signature: asked for why, given or not, and who may give it."""

    needed: Needed
    given: PathwaySignature | None
    is_next: bool
    """Whether it can be given now; the second clinician's comes when all others are there."""
    people: tuple[str, ...] = ()
    """User names of those at the service who may give it, while nobody has."""


@dataclass(frozen=True, slots=True)
class Signing:
    """All signatures of one draft."""

    parts: tuple[Part, ...]
    asked_at: datetime | None
    sent_back: PathwaySignature | None
    """The last time that it was sent back, while it is being changed again."""

    @property
    def waits_for(self) -> tuple[Part, ...]:
        """What is not signed yet."""
        return tuple(part for part in self.parts if part.given is None)

    def part_of(self, username: str) -> Part | None:
        """The signature that someone may give now; None when they may give none."""
        return next((one for one in self.waits_for if one.is_next and username in one.people), None)


def signing_of(row: PathwayDraft, *, on: date) -> Signing:
    """What is needed for the text as it is, and what was signed of exactly this version."""
    needed = signatures_needed(
        library.pathway_of(row.based_on_id), pathway_in(row), library.newest_instruments()
    )
    given = _given(row)
    signed = {one.by for one in given.values()} | set(row.authors)
    others = {one.part for one in needed if one.part != SECOND}
    is_open = row.made_id is not None and row.live_from is None
    parts = tuple(
        Part(
            needed=one,
            given=given.get(one.part),
            is_next=is_open and (one.part != SECOND or others <= set(given)),
            people=() if one.part in given else _people(row, one, without=signed, on=on),
        )
        for one in needed
    )
    return Signing(parts, _asked_at(given), None if row.made_id else _sent_back(row))


def waiting_for(asking: Asking, rows: list[PathwayDraft], *, on: date) -> frozenset[int]:
    """Of some drafts, those that wait for the signature of whoever asks."""
    return frozenset(
        row.pk
        for row in rows
        if row.made_id and signing_of(row, on=on).part_of(asking.username) is not None
    )


def _given(row: PathwayDraft) -> dict[str, PathwaySignature]:
    if row.made_id is None:
        return {}
    signed = PathwaySignature.objects.filter(
        draft=row, content_id=row.made_id, decision=PathwaySignature.Decision.SIGNED
    )
    return {one.part: one for one in signed.order_by("id")}


def _asked_at(given: dict[str, PathwaySignature]) -> datetime | None:
    """When the last signature was given: since then the next one waits."""
    return max((one.at for one in given.values()), default=None)


def _sent_back(row: PathwayDraft) -> PathwaySignature | None:
    return (
        PathwaySignature.objects.filter(
            draft=row, decision=PathwaySignature.Decision.SENT_BACK
        ).order_by("id").last()
    )  # fmt: skip


def _people(row: PathwayDraft, needed: Needed, *, without: set[str], on: date) -> tuple[str, ...]:
    found = staff_in_roles(row.service_id, _roles(needed), on=on)
    return tuple(one.username for one in found if one.username not in without)


def _roles(needed: Needed) -> tuple[str, ...]:
    """The lead's signature is the handing in itself, so nobody is asked for it."""
    if needed.partner_role:
        return (needed.partner_role,)
    return {SECOND: SECOND_ROLES, SAFETY: SAFETY_ROLES}.get(needed.part, ())
