"""Who may send: each application and facility, from where, and what its codes mean here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imparts.workspace.choices import Choice

if TYPE_CHECKING:
    from imparts.gateway.inbound.models import KnownSender
    from imparts.organisations.models import Service
    from imparts.workspace.queries.senders import CodeMeans

ANYWHERE = "Anywhere that the listener lets in"


@dataclass(frozen=True, slots=True)
class SenderRow:
    """One application at one facility."""

    id: int
    name: str
    organisation: str
    from_where: str
    certificate: str
    kinds: str
    marked: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class SendersPage:
    """The page, with what was typed and refused."""

    title: str
    rows: tuple[SenderRow, ...]
    codes: "tuple[CodeMeans, ...]"
    services: tuple[Choice, ...]
    typed: str
    wrong: str
    status: int

    @classmethod
    def of(
        cls,
        senders: "Sequence[KnownSender]",
        codes: "Sequence[CodeMeans]",
        services: "Sequence[Service]",
        *,
        typed: str = "",
        chosen: str = "",
        wrong: str = "",
    ) -> "SendersPage":
        """Put it together."""
        return cls(
            title="Who may send",
            rows=tuple(_row(each) for each in senders),
            codes=tuple(codes),
            services=tuple(
                Choice(str(each), str(each.pk), str(each.pk) == chosen) for each in services
            ),
            typed=typed,
            wrong=wrong,
            status=422 if wrong else 200,
        )


def _row(sender: "KnownSender") -> SenderRow:
    return SenderRow(
        id=sender.pk,
        name=f"{sender.application} at {sender.facility}",
        organisation=sender.organisation.name,
        from_where=", ".join(sender.addresses) or ANYWHERE,
        certificate=f"{sender.certificate[:12]}..." if sender.certificate else "",
        kinds=", ".join(sender.kinds) or "All that are read",
        marked="Test (T)" if sender.processing == "T" else "Production (P)",
        is_active=sender.is_active,
    )
