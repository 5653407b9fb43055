"""The people of the demonstration, each with what they can do, in words."""

from collections.abc import Collection
from dataclasses import dataclass

from imparts.demo.places.staff import PIN
from imparts.demo.story import STORIES


@dataclass(frozen=True, slots=True)
class Person:
    """Someone, or a tablet, that a visitor can be."""

    username: str
    name: str
    can: str


@dataclass(frozen=True, slots=True)
class PeopleGroup:
    """People who work on the same thing."""

    title: str
    people: tuple[Person, ...]


GROUPS = (
    PeopleGroup(
        "The main path: a patient answers, the clinic sees it",
        (
            Person(
                "reception.rheum",
                "Reception, rheumatology",
                "Checks patients in and hands over the tablet. Sees no answers, scores or alerts.",
            ),
            Person(
                "tablet.rheum",
                "A clinic tablet",
                "This browser becomes the tablet in the waiting area. "
                f"Unlock it with the PIN {PIN}, hand it over, answer as a patient.",
            ),
            Person(
                "nurse.rheum",
                "Clinic nurse, rheumatology",
                "Sees results as they come in, takes alerts, records what was done.",
            ),
            Person(
                "consultant.rheum",
                "Consultant, rheumatology",
                "Reads each summary before calling the patient in, decides on next steps.",
            ),
            Person(
                "liaison",
                "Liaison psychiatry",
                "Sees results and alerts of the services that liaison works with.",
            ),
        ),
    ),
    PeopleGroup(
        "A second trust, to see that it sees nothing of the first",
        (
            Person(
                "reception.derm", "Reception, dermatology", "The desk of another hospital's clinic."
            ),
            Person(
                "consultant.derm",
                "Consultant, dermatology",
                "Sees dermatology's patients and nobody else's.",
            ),
        ),
    ),
    PeopleGroup(
        "The teams around the patient",
        (
            Person(
                "psychologist",
                "Psychologist",
                "Sees results of the services that the psychologist works with.",
            ),
            Person(
                "coordinator",
                "Care co-ordinator and MDT chair",
                "Will plan meetings and shared plans: not built yet.",
            ),
            Person(
                "gp",
                "General practitioner",
                "Will receive letters and shared plans: not built yet.",
            ),
        ),
    ),
    PeopleGroup(
        "Running and paying for the service",
        (
            Person(
                "lead.rheum",
                "Clinical lead, rheumatology",
                "Changes the clinic's pathways and runs them over the past year before they go "
                "live.",
            ),
            Person(
                "patient.rep",
                "Patient representative",
                "Reads the clinic's pathways and comments on changes. Sees no patients.",
            ),
            Person(
                "manager",
                "Service manager, rheumatology",
                "Sees who was offered a questionnaire and who answered, not what was answered.",
            ),
            Person(
                "commissioner",
                "Commissioner",
                "Will see counts and rates with small numbers hidden: not built yet.",
            ),
            Person("trainer", "Trainer", "Will look after training: not built yet."),
        ),
    ),
    PeopleGroup(
        "Research",
        (
            Person("researcher", "Researcher", "Will ask for counts and extracts: not built yet."),
            Person(
                "governance", "Research governance", "Will review research requests: not built yet."
            ),
        ),
    ),
    PeopleGroup(
        "Keeping it safe and running",
        (
            Person(
                "integrator",
                "Trust IT",
                "Sees both ways to the hospital record: what waits, what was refused, and why.",
            ),
            Person("admin", "Administrator", "Sets up services, staff, tablets and clinics."),
            Person("privacy", "Information governance", "Will answer who saw what: not built yet."),
            Person(
                "safety",
                "Clinical safety officer",
                "Reads and signs questionnaires and pathways; hazards are not built yet.",
            ),
        ),
    ),
)
USERNAMES = tuple(person.username for group in GROUPS for person in group.people)


@dataclass(frozen=True, slots=True)
class Story:
    """A patient worth looking for, and why."""

    name: str
    story: str


@dataclass(frozen=True, slots=True)
class DemoPage:
    """Everyone who can be picked, and whom to look for."""

    title: str
    groups: tuple[PeopleGroup, ...]
    stories: tuple[Story, ...]
    wrong: str
    empty: str
    record: str  # where the pages of the pretend hospital record are; "" when there is none

    @classmethod
    def of(cls, here: Collection[str], *, record: str = "", wrong: str = "") -> "DemoPage":
        """Only people who are really there are offered."""
        groups = tuple(
            PeopleGroup(group.title, tuple(p for p in group.people if p.username in here))
            for group in GROUPS
        )
        return cls(
            title="Pick a person",
            groups=tuple(group for group in groups if group.people),
            stories=tuple(Story(f"{s.given_name} {s.family_name}", s.story) for s in STORIES),
            wrong=wrong,
            record=record,
            empty="" if here else "The invented trust is not there yet: start it with “make demo”.",
        )
