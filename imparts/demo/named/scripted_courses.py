"""Scripted courses: a named patient's past visits, sat through the same questions as everyone's."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from random import Random

from imparts.demo.crowd.people import id_of
from imparts.demo.named.scripts import Named, PastVisit, answers_in, person_of
from imparts.demo.past import visits
from imparts.demo.past.courses import Attended, began_before
from imparts.demo.past.desks import Desk
from imparts.demo.past.sittings import Pace, sit
from imparts.demo.past.visits import LONDON, Visit
from imparts.demo.places.specialties import BY_CODE
from imparts.design.dates import age_on

_EXACTLY = 60  # newer visits stand on the very day; older ones move to a clinic day
IN_THE_NIGHT, AFTER_ANSWERING = "in the clock change night", "cancelled after answering"


def course_of(named: Named, desks: Mapping[str, Desk], *, today: date) -> list[Attended]:
    """Everything that a named patient answered before today; `desks` by specialty."""
    chance, answered = Random(f"script {named.slug}"), dict[str, date]()
    return [
        _attend(named, number, desks, answered, today=today, chance=chance)
        for number in range(len(named.past))
    ]


def _attend(
    named: Named, number: int, desks: Mapping[str, Desk], answered: dict[str, date], *,
    today: date, chance: Random,
) -> Attended:  # fmt: skip
    scripted = named.past[number]
    desk = desks[scripted.specialty or named.specialty]
    person = person_of(named, today=today)
    at, began_at = _times(scripted, desk, today, chance)
    day, script = at.date(), scripted.script
    desk = desk.on(day)
    helped = script.who_helped if script else "nobody"
    visit = Visit(
        id=id_of(f"visit {named.slug} {number}"), at=at, part="morning",
        what=visits.CANCELLED if scripted.what == AFTER_ANSWERING else visits.COMPLETED,
        who_helped=helped,
    )  # fmt: skip
    if script is None:
        return Attended(person, desk, visit, None)
    sitting = sit(
        visit.id, began_at, desk, answers_in(script, desk.instruments),
        pace=Pace(age_on(person.born_on, day), helped),
        answered_days_ago={key: (day - on).days for key, on in answered.items()}, chance=chance,
    )  # fmt: skip
    answered.update((key, day) for key, score in sitting.scores.items() if score.is_complete)
    return Attended(person, desk, visit, sitting)


def _times(
    scripted: PastVisit, desk: Desk, today: date, chance: Random
) -> tuple[datetime, datetime]:
    """When the appointment was, and when the first question was shown."""
    if scripted.what == IN_THE_NIGHT:
        sunday = clocks_went_back_before(today)
        began_at = datetime.combine(sunday, time(1, 57), LONDON)
        return datetime.combine(sunday + timedelta(days=1), time(9, 40), LONDON), began_at
    day = today - timedelta(days=scripted.days_ago)
    while scripted.days_ago > _EXACTLY and day.weekday() not in BY_CODE[desk.specialty].weekdays:
        day -= timedelta(days=1)
    at = datetime.combine(day, time(9, 10 * chance.randrange(6)), LONDON)
    return at, began_before(at, chance)


def clocks_went_back_before(today: date) -> date:
    """The last Sunday of an October, at least two days before today."""
    year = today.year if today > date(today.year, 11, 2) else today.year - 1
    last = date(year, 10, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)
