"""One person expected today and what has happened so far, in plain values."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


class Asking(StrEnum):
    """How far the questionnaire of one appointment has come."""

    NOT_DUE = "not due"
    NO_TABLET = "no tablet yet"
    ANSWERING = "answering"
    STOPPED = "stopped"
    FINISHED = "finished"
    DECLINED = "declined"
    NO_TIME = "no time"
    OTHER = "not done"


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure of one visit, beside the time before."""

    name: str
    score: Decimal | None
    out_of: Decimal | None
    band: str
    on: date
    is_estimate: bool = False
    lower: Decimal | None = None
    upper: Decimal | None = None
    change: str = "first"
    """"worse by 8", "better by 3" or "same"; "first" when there is nothing to compare with."""
    is_beyond_chance: bool = False


@dataclass(frozen=True, slots=True)
class OpenAlert:
    """An alert that nobody has closed yet, as the clinic list needs it."""

    id: int
    do: str
    """What a person must do, in words: "talk before they leave"."""
    do_in_row: str
    question: str
    answer: str
    deputy_at: datetime
    """When the next person is called, in clinic the deputy."""
    taken_by: str = ""
    taken_at: datetime | None = None
    next_duty: str = "deputy"
    """Who is called then; empty when nobody comes after those called."""
    called: tuple[tuple[str, datetime], ...] = ()
    """Whom the ladder has called besides the owner, and when."""
    handed_to: str = ""
    """To whom it was handed, until they take it."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One appointment of today: who, where they are, what was asked. All moments are local."""

    appointment: UUID
    invitation: UUID | None
    patient: UUID
    """The person; when two records were found to be one person's, the surviving one."""
    record: UUID
    """The record that the appointment was booked for."""
    family_name: str
    given_name: str
    born_on: date
    at: datetime
    state: str
    place: str = ""
    moved_at: datetime | None = None
    arrived_at: datetime | None = None
    asking: Asking = Asking.NO_TABLET
    asked_at: datetime | None = None
    at_home: bool = False
    answered: int = 0
    of: int = 0
    tablet: str = ""
    was_helped: bool = False
    asked_for_help_at: datetime | None = None
    note: str = ""
    """What the desk should know before handing over: an interpreter, large text."""
    not_due_because: str = ""
    measures: dict[str, Measured] = field(default_factory=dict)
    alerts: tuple[OpenAlert, ...] = ()
    must_wait: bool = False
    """All that the desk may know: ask this person to wait."""
    next_step: str = ""
    done: str = ""
    """What has been done about it, in words; shown with a tick."""
    is_test: bool = False
    """Nobody real: shown as such, and counted nowhere."""
    asks_more: bool = False
    """Another system sent answers in, and the clinic asks more than those."""

    @property
    def at_desk(self) -> "Visit":
        """As the desk sees it: what was sent in leaves the clinic's other questions to be asked."""
        if not self.asks_more:
            return self
        return replace(self, asking=Asking.NO_TABLET, asked_at=None, invitation=None)

    @property
    def is_here(self) -> bool:
        """In the building, in the waiting area or in a room."""
        return self.state in ("arrived", "in_room")

    @property
    def has_come(self) -> bool:
        """Is or was in the building today."""
        return self.state in ("arrived", "in_room", "left")

    @property
    def name(self) -> str:
        """As said aloud: Amara Thimblewick."""
        return f"{self.given_name} {self.family_name}"


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where someone with an alert is, and what they are called, as the lists need it."""

    family_name: str
    given_name: str
    place: str = ""
    """ "Area B, answering", "Left 09:34", "At home"."""
    is_here: bool = True
    """In the building, as far as the clinic's list knows."""
