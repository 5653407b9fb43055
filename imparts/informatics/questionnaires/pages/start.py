"""Before a patient holds the tablet: locked, and the list from which staff hand it over."""

from dataclasses import dataclass

from imparts.informatics.questionnaires.pages.frame import Bar, Look


@dataclass(frozen=True, slots=True)
class StartPage:
    """The locked tablet: a welcome for patients, a PIN for staff, and no name of anyone."""

    organisation: str
    service: str
    tablet: str
    answers_sent: str
    demo_pin: str = ""
    error: str = ""
    look: Look = Look()
    bar: Bar = Bar()

    @property
    def title(self) -> str:
        """The window's title, which says when something is wrong."""
        return f"{'Error: ' if self.error else ''}Welcome, {self.service}"


@dataclass(frozen=True, slots=True)
class PersonDue:
    """One person on the list: when, who, and how far they are, in words."""

    href: str
    time: str
    name: str
    born: str
    state: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class PersonChosen:
    """The person the tablet is about to be handed to."""

    appointment_id: str
    name: str
    given_name: str
    born: str
    problem: str = ""
    """Why the tablet cannot be handed to this person now; empty when it can."""


@dataclass(frozen=True, slots=True)
class HandOverPage:
    """Who is due today, and the button that hands the tablet over."""

    heading: str
    people: tuple[PersonDue, ...]
    chosen: PersonChosen | None
    hides_after: int
    """Seconds until the list goes away by itself."""
    lock: str
    is_demo: bool
    look: Look = Look()
    bar: Bar = Bar()
