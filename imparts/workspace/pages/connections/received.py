"""Messages that the record sent: the list, and one of them with nobody in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from imparts.design.dates import brief_day, local
from imparts.design.words import capital, counted
from imparts.workspace.choices import Choice

if TYPE_CHECKING:
    from imparts.gateway.inbound.queries import Received

KINDS = (("", "All"), ("ADT", "Patients (ADT)"), ("SIU", "Appointments (SIU)"), ("ORU", "Measures"))
BECAME = (("", "All"), ("AA", "Taken"), ("AE", "Not this time"), ("AR", "Refused"))
_SAID = {"AA": "Taken", "AE": "Not this time", "AR": "Refused", "": "Not applied"}


@dataclass(frozen=True, slots=True)
class Looked:
    """What the list was asked for, as it was typed."""

    id: str = ""
    kind: str = ""
    became: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class ReceivedRow:
    """One message in the list."""

    id: int
    came: str
    kind: str
    control_id: str
    sender: str
    became: str
    words: str
    needs_someone: bool


@dataclass(frozen=True, slots=True)
class ReceivedPage:
    """The list, newest first."""

    title: str
    said: str
    looked: Looked
    kinds: tuple[Choice, ...]
    outcomes: tuple[Choice, ...]
    rows: tuple[ReceivedRow, ...]
    older: str
    """What the address of the next page ends with; empty on the last."""
    wrong: str

    @classmethod
    def of(
        cls, found: "Sequence[Received]", looked: Looked, *, most: int, wrong: str = ""
    ) -> "ReceivedPage":
        """Put the messages into lines."""
        return cls(
            title="Received messages",
            said=f"{counted(len(found), 'message')} shown, newest first." if found else "",
            looked=looked,
            kinds=_choices(KINDS, looked.kind),
            outcomes=_choices(BECAME, looked.became),
            rows=tuple(_row(one) for one in found),
            older=f"before={found[-1].id}" if len(found) == most else "",
            wrong=wrong,
        )


@dataclass(frozen=True, slots=True)
class Applied:
    """One time that a message was applied."""

    at: str
    became: str
    words: str
    by: str
    did: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReceivedOne:
    """One message: its envelope, what became of it, and its shape."""

    id: int
    title: str
    sender: str
    came: str
    peer: str
    size: str
    is_repeat: bool
    is_kept: bool
    became: str
    words: str
    where: str
    by: str
    times: str
    did: tuple[str, ...]
    text: str

    @classmethod
    def of(cls, one: "Received", text: str) -> "ReceivedOne":
        """`text` is masked already; empty when the content is not kept any more."""
        return cls(
            id=one.id,
            title=f"{one.kind or 'Message'} {one.control_id}".strip(),
            sender=_sender(one),
            came=_moment(one),
            peer=one.peer,
            size=f"{one.size:,} bytes",
            is_repeat=one.is_repeat,
            is_kept=one.is_kept,
            became=_SAID.get(one.code, one.code),
            words=one.words,
            where=one.where,
            by="the record" if one.by == "record" else one.by,
            times=counted(one.times_applied, "time"),
            did=tuple(_deed(each) for each in one.did),
            text=text,
        )


def _choices(of: tuple[tuple[str, str], ...], chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(label, value, value == chosen) for value, label in of)


def _row(one: "Received") -> ReceivedRow:
    return ReceivedRow(
        id=one.id,
        came=_moment(one),
        kind=one.kind or "Unreadable",
        control_id=one.control_id,
        sender=_sender(one),
        became=f"{_SAID.get(one.code, one.code)}{', as before' if one.is_repeat else ''}",
        words=f"{one.where}: {one.words}" if one.where and one.words else one.words,
        needs_someone=one.code in ("AE", "AR") and not one.is_repeat,
    )


def _sender(one: "Received") -> str:
    return f"{one.application or 'nobody'} at {one.facility or 'no place'}"


def _moment(one: "Received") -> str:
    return f"{brief_day(one.received_at)} {local(one.received_at):%H:%M:%S}"


def _deed(deed: dict[str, Any]) -> str:
    """What was changed, as names of things and fields; values are never kept."""
    about = {name: value for name, value in deed.items() if name not in ("did", "fields")}
    fields = ", ".join(str(name).replace("_", " ") for name in deed.get("fields", ()))
    rest = ", ".join(f"{name} {value}" for name, value in about.items())
    said = ": ".join(part for part in (str(deed.get("did", "")), fields) if part)
    return capital(f"{said} ({rest})" if rest else said)
