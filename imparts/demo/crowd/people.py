"""People: one invented person at a place in the seed's order, always the same."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from uuid import UUID, uuid5

from imparts.demo.crowd import backgrounds, names, numbers
from imparts.design.dates import age_on

EVERYONE = UUID("5eed0000-0000-4000-8000-000000000000")
_NEEDS = (
    ({"large_text": True}, 6),
    ({"hearing_loop": True}, 3),
    ({"easy_read": True}, 2),
    ({"large_text": True, "hearing_loop": True}, 1),
    ({"sign_language": True}, 1),
)


@dataclass(frozen=True, slots=True)
class Person:
    """Someone invented, and what a record would know of them."""

    id: UUID
    family_name: str
    given_name: str
    born_on: date
    sex: str
    specialty: str
    ethnicity: str = "A"
    language: str = "en"
    needs_interpreter: bool = False
    information_needs: dict[str, bool] = field(default_factory=dict)
    gender: str = ""
    pronouns: str = ""
    postcode: str = "QF1 1AA"
    deprivation_fifth: int = 3
    mobile: str = ""
    may_be_invited: bool = False
    died_on: date | None = None
    is_sensitive: bool = False


def id_of(name: str) -> UUID:
    """The id of someone or something invented; the same name always has the same id."""
    return uuid5(EVERYONE, name)


def person(seed: int, specialty: str, place: int, *, on: date) -> Person:
    """The person at one place of a specialty; `on` is the day on which their age is known."""
    name = f"{seed} {specialty} {place}"
    chance = Random(name)
    is_woman = backgrounds.is_woman(specialty, chance)
    ethnicity = backgrounds.ethnicity(specialty, chance)
    origin = names.origin_of(ethnicity, chance)
    language = backgrounds.language(ethnicity, chance)
    born_on = _birthday(backgrounds.age(specialty, chance), chance, on=on)
    gender, pronouns = _gender(chance)
    return Person(
        id=id_of(name),
        family_name=names.family_name(chance),
        given_name=names.given_name(origin, is_woman=is_woman, chance=chance),
        born_on=born_on,
        sex="female" if is_woman else "male",
        specialty=specialty,
        ethnicity=ethnicity,
        language=language,
        needs_interpreter=language != "en" and chance.random() < 0.22,
        information_needs=_needs(chance, age=age_on(born_on, on)),
        gender=gender,
        pronouns=pronouns,
        postcode=numbers.postcode(chance),
        deprivation_fifth=backgrounds.deprivation_fifth(chance),
        mobile=numbers.mobile(chance) if chance.random() < 0.84 else "",
        may_be_invited=chance.random() < 0.6,
    )


def _birthday(age: int, chance: Random, *, on: date) -> date:
    return on - timedelta(days=round(age * 365.25) + 1 + chance.randrange(364))


def _gender(chance: Random) -> tuple[str, str]:
    """What about one person in eighty has asked to be recorded; nobody's is worked out."""
    if chance.random() > 0.012:
        return "", ""
    return chance.choice((("Non-binary", "they/them"), ("Woman", "she/her"), ("Man", "he/him")))


def _needs(chance: Random, *, age: int) -> dict[str, bool]:
    if chance.random() > (0.3 if age >= 75 else 0.06):
        return {}
    needs, weights = zip(*_NEEDS, strict=True)
    return dict(chance.choices(needs, weights)[0])
