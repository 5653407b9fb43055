"""The pages around the questions: language, is this you, before you start, calm, help, end."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imparts.design.spoken import say, to_say
from imparts.informatics.questionnaires.pages.frame import Bar, Choice, Look

if TYPE_CHECKING:
    from imparts.rules.patient_texts import CalmPage as CalmWords
    from imparts.rules.patient_texts import HelpNumber

WHO_HELPS = {
    "nobody": to_say("Nobody"),
    "family": to_say("Family or a friend"),
    "staff": to_say("A member of staff"),
    "interpreter": to_say("An interpreter"),
}


@dataclass(frozen=True, slots=True)
class LanguagePage:
    """In which language, and how large."""

    look: Look
    bar: Bar
    languages: tuple[Choice, ...]
    sizes: tuple[Choice, ...]
    has_asked: bool
    leaves_out: bool
    """Whether some of the pack's questions are not there in the language chosen."""


def languages_of(names: dict[str, str], chosen: str) -> tuple[Choice, ...]:
    """Each language under its own name, the present one marked."""
    return tuple(Choice(tag, name, tag == chosen) for tag, name in names.items())


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
    """After the part on mood, when item 9 was above "not at all" or declined: the site's words."""

    look: Look
    bar: Bar
    words: "CalmWords"
    numbers_heading: str
    numbers: "tuple[HelpNumber, ...]"


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


LAST_WORDS = {
    "sent": (to_say("Thank you"), to_say("Your answers have been sent to your team.")),
    "stopped": (to_say("You have stopped"), to_say("We have kept the answers you gave.")),
    "not_me": (
        to_say("Please tell a member of staff"),
        to_say("This is not your page. Nothing was saved."),
    ),
}


@dataclass(frozen=True, slots=True)
class LastPage:
    """A page after which the tablet is locked again: thank you, stopped, or not this person."""

    look: Look
    bar: Bar
    heading: str
    line: str
    is_sent: bool
    clears_after: int = 10
    """Seconds until the start page comes back by itself."""

    @classmethod
    def after(cls, why: str, *, look: Look, bar: Bar) -> "LastPage":
        """The last page after the answers were sent, the patient stopped, or said "not me"."""
        heading, line = (say(sentence) for sentence in LAST_WORDS[why])
        return cls(look=look, bar=bar, heading=heading, line=line, is_sent=why == "sent")


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """What is wrong, in a sentence, and the way on."""

    look: Look
    bar: Bar
    heading: str
    sentence: str
    href: str
    link: str
