"""The pages around the questions: language, is this you, before you start, calm, help, stop, end."""

from dataclasses import dataclass

from imparts.informatics.questionnaires.pages.frame import Bar, Choice, Look

WHO_HELPS = {
    "nobody": "Nobody",
    "family": "Family or a friend",
    "staff": "A member of staff",
    "interpreter": "An interpreter",
}
CHOOSE_WHO_HELPS = "Choose who is helping you"


@dataclass(frozen=True, slots=True)
class LanguagePage:
    """In which language, and how large."""

    look: Look
    bar: Bar
    languages: tuple[Choice, ...]
    sizes: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class IsThisYouPage:
    """Whole name and whole birth date, shown here and nowhere else."""

    look: Look
    bar: Bar
    name: str
    born: str


@dataclass(frozen=True, slots=True)
class BeforePage:
    """Why, who sees it, how long, skip and stop; and who helps, when the service wants to know."""

    look: Look
    bar: Bar
    questions: int
    minutes: int
    who_helps: tuple[Choice, ...]
    error: str = ""


@dataclass(frozen=True, slots=True)
class CalmPage:
    """After the mood part, when item 9 was above "not at all" or not answered: words of the site."""

    look: Look
    bar: Bar
    heading: str
    paragraphs: tuple[str, ...]
    important: str
    numbers_heading: str
    numbers: tuple[str, ...]
    offers_talk: bool


@dataclass(frozen=True, slots=True)
class TextPage:
    """How the words look: size, colour, hand."""

    look: Look
    bar: Bar
    here: str
    sizes: tuple[Choice, ...]
    colours: tuple[Choice, ...]
    hands: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class HelpPage:
    """Asking staff to come, stopping, or going back to the questions."""

    look: Look
    bar: Bar
    here: str
    stop: str
    has_asked: bool


@dataclass(frozen=True, slots=True)
class StopPage:
    """Stopping before the end: the answers so far are kept, and staff are told."""

    look: Look
    bar: Bar
    here: str


@dataclass(frozen=True, slots=True)
class LastPage:
    """A page after which the tablet is locked again: thank you, stopped, or not this person."""

    look: Look
    bar: Bar
    heading: str
    lines: tuple[str, ...]
    is_sent: bool = False
    clears_after: int = 10
    """Seconds until the start page comes back by itself."""


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """What is wrong, in a sentence, and the way on."""

    look: Look
    bar: Bar
    heading: str
    sentence: str
    href: str
    link: str
