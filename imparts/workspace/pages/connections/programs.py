"""Programs that may ask: who they are, what they may see and where, when they asked last."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imparts.design.dates import brief_day, brief_moment

if TYPE_CHECKING:
    from datetime import datetime

    from imparts.workspace.queries.programs import ProgramFacts


@dataclass(frozen=True, slots=True)
class ProgramRow:
    """One program."""

    id: int
    name: str
    client_id: str
    what: str
    sees: str
    scopes: str
    let_in: str
    last: str
    put_out: str


@dataclass(frozen=True, slots=True)
class ProgramsPage:
    """All of them, those that were put out last."""

    title: str
    rows: tuple[ProgramRow, ...]

    @classmethod
    def of(cls, programs: "Sequence[ProgramFacts]") -> "ProgramsPage":
        """Put them into lines."""
        ordered = sorted(programs, key=lambda one: one.client.revoked_at is not None)
        return cls("Programs and apps", tuple(_row(one) for one in ordered))


def _row(one: "ProgramFacts") -> ProgramRow:
    client = one.client
    proves = "signs with its key" if client.has_keys else "has a secret"
    return ProgramRow(
        id=client.pk,
        name=client.name,
        client_id=client.client_id,
        what=f"A machine, {proves}" if client.is_machine else f"An app of its user, {proves}",
        sees=", ".join(one.services) or ("Nobody" if client.is_machine else "What its user sees"),
        scopes=client.allowed_scopes,
        let_in=f"{brief_day(client.registered_at)} by {client.registered_by}",
        last=_moment(one.last_token_at),
        put_out=f"{_moment(client.revoked_at)} by {client.revoked_by}" if client.revoked_at else "",
    )


def _moment(at: "datetime | None") -> str:
    return brief_moment(at) if at else ""
