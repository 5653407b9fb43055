"""The thirteen specialties of the demonstration and the clinics that their people are spread over.

`people` is the share of 15,000. The percentages are what the first two years should show: smoking
(assumed), questionnaires completed of people due, and completed with someone's help. The aims for
PHQ-9 of 10 or more, item 9 above "not at all" and GAD-7 of 10 or more follow published figures
where there are any; past/calibrated.json holds the model's settings that reach them.
"""

from dataclasses import dataclass

FIRST_TRUST = "DEMO-FERN"
SECOND_TRUST = "DEMO-TARN"
SITES = {FIRST_TRUST: "Fernhollow Hospital", SECOND_TRUST: "Tarnwick Infirmary"}
HOSPITAL_PREFIXES = {FIRST_TRUST: "FH", SECOND_TRUST: "TI"}
OF_ALL_PEOPLE = 15_000
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)


@dataclass(frozen=True, slots=True)
class Specialty:
    """One kind of clinic: who comes, how many, and what they should show."""

    code: str
    name: str
    suffix: str
    """The end of its staff's usernames: reception.rheum."""
    trust: str
    people: int
    weekdays: tuple[int, ...]
    low_mood: float
    item9: float
    worry: float
    smoking: float
    completed: float
    helped: float


SPECIALTIES = (
    Specialty("rheumatology", "Rheumatology", "rheum", FIRST_TRUST, 2200,
              (MONDAY, TUESDAY, THURSDAY),
              low_mood=37.1, item9=9.9, worry=25.1, smoking=14, completed=85, helped=20),
    Specialty("dermatology", "Dermatology", "derm", SECOND_TRUST, 1900,
              (TUESDAY, WEDNESDAY),
              low_mood=21.1, item9=6.0, worry=13.1, smoking=20, completed=92, helped=12),
    Specialty("chronic-pain", "Chronic pain", "pain", FIRST_TRUST, 1200,
              (MONDAY, WEDNESDAY),
              low_mood=78.9, item9=29.2, worry=45.0, smoking=22, completed=89, helped=25),
    Specialty("limb-reconstruction", "Limb reconstruction", "limb", FIRST_TRUST, 600,
              (TUESDAY, FRIDAY),
              low_mood=39.4, item9=10.6, worry=21.2, smoking=28, completed=70, helped=25),
    Specialty("achd", "Adult congenital heart disease", "achd", FIRST_TRUST, 900,
              (WEDNESDAY, THURSDAY),
              low_mood=15.4, item9=4.3, worry=11.4, smoking=10, completed=75, helped=15),
    Specialty("tmd", "Jaw and facial pain", "tmd", SECOND_TRUST, 500,
              (MONDAY, THURSDAY),
              low_mood=32.0, item9=8.9, worry=19.8, smoking=14, completed=80, helped=12),
    Specialty("hiv", "HIV", "hiv", SECOND_TRUST, 1700,
              (MONDAY, WEDNESDAY, FRIDAY),
              low_mood=21.5, item9=6.0, worry=15.0, smoking=24, completed=80, helped=12),
    Specialty("diabetes", "Diabetes", "diabetes", FIRST_TRUST, 2600,
              (MONDAY, TUESDAY, THURSDAY, FRIDAY),
              low_mood=22.1, item9=5.7, worry=16.0, smoking=13, completed=65, helped=30),
    Specialty("hepatology", "Hepatology", "hepatology", FIRST_TRUST, 1100,
              (TUESDAY, THURSDAY),
              low_mood=27.0, item9=6.8, worry=20.0, smoking=26, completed=60, helped=25),
    Specialty("sickle-cell", "Sickle cell", "sickle", SECOND_TRUST, 700,
              (TUESDAY, FRIDAY),
              low_mood=30.3, item9=7.4, worry=22.0, smoking=9, completed=70, helped=12),
    Specialty("cystic-fibrosis", "Cystic fibrosis", "cf", SECOND_TRUST, 300,
              (THURSDAY,),
              low_mood=33.3, item9=8.0, worry=20.0, smoking=3, completed=98, helped=12),
    Specialty("heart-failure", "Heart failure", "hf", FIRST_TRUST, 700,
              (MONDAY, FRIDAY),
              low_mood=24.1, item9=5.6, worry=17.0, smoking=12, completed=50, helped=40),
    Specialty("ibd", "Inflammatory bowel disease", "ibd", SECOND_TRUST, 600,
              (WEDNESDAY, FRIDAY),
              low_mood=18.0, item9=4.4, worry=16.0, smoking=11, completed=80, helped=12),
)  # fmt: skip
BY_CODE = {specialty.code: specialty for specialty in SPECIALTIES}


@dataclass(frozen=True, slots=True)
class Clinic:
    """One service: a specialty, or one of the places over which a specialty is spread."""

    specialty: Specialty
    number: int

    @property
    def code(self) -> str:
        """The service's code."""
        return self.specialty.code + (f"-{self.number}" if self.number > 1 else "")

    @property
    def pack(self) -> str:
        """The key of the pack that it asks."""
        return f"{self.specialty.code.replace('-', '_')}_outpatient"

    @property
    def suffix(self) -> str:
        """The end of its staff's usernames."""
        return self.specialty.suffix + (f"{self.number}" if self.number > 1 else "")

    @property
    def name(self) -> str:
        """As patients and staff read it."""
        return self.specialty.name + (f" clinic {self.number}" if self.number > 1 else "")

    @property
    def site(self) -> str:
        """The hospital where it is held."""
        return SITES[self.specialty.trust]


def clinics_for(services: int) -> tuple[Clinic, ...]:
    """The services of a demonstration; more than thirteen spread the same people over more."""
    if services < len(SPECIALTIES):
        raise ValueError(f"The demonstration has {len(SPECIALTIES)} services or more.")
    biggest_first = sorted(SPECIALTIES, key=lambda specialty: -specialty.people)
    clinics = [Clinic(specialty, 1) for specialty in SPECIALTIES]
    for extra in range(services - len(SPECIALTIES)):
        turn, place = divmod(extra, len(SPECIALTIES))
        clinics.append(Clinic(biggest_first[place], turn + 2))
    return tuple(clinics)


def clinic_of(code: str) -> Clinic | None:
    """The clinic that a service's code names; None for a service that asks nobody."""
    if code in BY_CODE:
        return Clinic(BY_CODE[code], 1)
    start, _, number = code.rpartition("-")
    return Clinic(BY_CODE[start], int(number)) if start in BY_CODE and number.isdigit() else None


def people_in(specialty: Specialty, people: int) -> int:
    """How many of all people are this specialty's; the shares of all add up to all of them."""
    before = sum(s.people for s in SPECIALTIES[: SPECIALTIES.index(specialty)])
    return _share(people, before + specialty.people) - _share(people, before)


def _share(people: int, part: int) -> int:
    return (people * part * 2 + OF_ALL_PEOPLE) // (2 * OF_ALL_PEOPLE)
