"""Scripts: one scripted visit, written as briefly as can be, turned into answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from imparts.demo.crowd.people import Person, id_of
from imparts.demo.past.answering import Answers
from imparts.rules.instruments.definition import Instrument

DECLINED = "-"


@dataclass(frozen=True, slots=True)
class Script:
    """What someone answers at one visit: one figure an item, "-" for "I would rather not"."""

    phq9: str
    gad7: str
    pain: int = 3
    smoking: str = "0"
    """Whether they smoke; then whether they want help; then HSI's two answers."""
    alcohol: str = "211"
    who_helped: str = "nobody"


@dataclass(frozen=True, slots=True)
class PastVisit:
    """One scripted visit, so many days before today; without a script nobody asked."""

    days_ago: int
    script: Script | None
    what: str = "completed"
    specialty: str = ""
    """Another clinic than the patient's own."""


@dataclass(frozen=True, slots=True)
class Named:
    """One named patient: their story in a sentence, who they are, and what they answered."""

    slug: str
    story: str
    given_name: str
    family_name: str
    born_on: date
    sex: str
    nhs_number: str
    hospital_number: str
    past: tuple[PastVisit, ...] = ()
    specialty: str = "rheumatology"
    ethnicity: str = "A"
    language: str = "en"
    needs_interpreter: bool = False
    information_needs: tuple[str, ...] = ()
    died_days_ago: int | None = None
    is_sensitive: bool = False
    always_under_18: bool = False

    @property
    def id(self) -> UUID:
        """The patient's id, the same in every demonstration."""
        return id_of(f"named {self.slug}")


def answers_in(script: Script, instruments: Mapping[str, Instrument]) -> dict[str, Answers]:
    """A script as answers to everything that a service may ask."""
    low_mood = sum(int(figure) for figure in script.phq9 if figure != DECLINED)
    written = {
        "phq9": f"{script.phq9}{min(low_mood // 6, 3)}",
        "gad7": script.gad7,
        "smoking_core": script.smoking[:2].ljust(2, "0"),
        "hsi": script.smoking[2:].ljust(2, "0"),
        "auditc": script.alcohol.ljust(3, "0"),
    }
    found: dict[str, Answers] = {}
    for key, instrument in instruments.items():
        if key in written:
            figures = zip(instrument.items, written[key], strict=True)
            found[key] = {item.id: _value(figure) for item, figure in figures}
        else:  # pain and the like: the same figure for each question, as far as it goes
            found[key] = {item.id: min(script.pain, item.highest) for item in instrument.items}
    return found


def _value(figure: str) -> int | None:
    return None if figure == DECLINED else int(figure)


def person_of(named: Named, *, today: date) -> Person:
    """A named patient as one of the crowd."""
    died = named.died_days_ago
    return Person(
        id=named.id,
        family_name=named.family_name,
        given_name=named.given_name,
        born_on=named.born_on.replace(year=today.year - 17)
        if named.always_under_18
        else named.born_on,
        sex=named.sex,
        specialty=named.specialty,
        ethnicity=named.ethnicity,
        language=named.language,
        needs_interpreter=named.needs_interpreter,
        information_needs=dict.fromkeys(named.information_needs, True),
        died_on=date.fromordinal(today.toordinal() - died) if died is not None else None,
        is_sensitive=named.is_sensitive,
    )
