"""The summary of someone with 20 visits of 6 instruments, on a site of 150,000 people.

The demonstration works its people out one by one, so the rest of the 150,000 is copied in bulk with
two visits of three scores each: what a summary reads is found by person, and it is the size of the
tables of people, of who cares for them and of scores that could make that slow.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from random import Random
from uuid import UUID

from django.db import connection
from django.utils import timezone

from imparts.benchmarks.client import Connection
from imparts.benchmarks.sessions import signed_in
from imparts.benchmarks.stack import Stack
from imparts.benchmarks.timing import Spread
from imparts.demo.crowd.people import Person, id_of, person
from imparts.demo.named.scripts import Script, answers_in
from imparts.demo.past import visits
from imparts.demo.past.chunks import Worked
from imparts.demo.past.courses import Attended
from imparts.demo.past.desks import Desk
from imparts.demo.past.registrations import Numbers, Registrations
from imparts.demo.past.sittings import Pace, sit
from imparts.demo.past.stored import store
from imparts.demo.past.visits import Calendar, Visit
from imparts.demo.places.content_in_force import desk_of
from imparts.demo.places.specialties import clinics_for
from imparts.informatics.results.actions import history as results
from imparts.informatics.results.actions.history import PastScore, past_score
from imparts.organisations.models import Organisation, Service
from imparts.people.actions import history as people
from imparts.people.models import Patient
from imparts.rules.scoring.score import score

LIMIT_MS = 60
PEOPLE, VISITS, TIMES = 150_000, 20, 200
AT_ONCE = 5_000
BY = "bench"
SCORED = ("phq9", "gad7", "pain_nrs")
BUSY = Script("212321110", "2222111", 7, "3210", "210")


@dataclass(frozen=True, slots=True)
class Summary:
    """What was measured, and on how much."""

    p95_ms: float
    people: int
    visits: int
    instruments: int
    bytes: int
    loaded_s: float


def measure(stack: Stack, *, at: datetime | None = None) -> Summary:
    """Fill the site up, give one patient a long course, and ask for the page again and again."""
    now = at or timezone.now()
    desk = rheumatology(now)
    began = timezone.now()
    fill_up(desk, now)
    loaded_s = (timezone.now() - began).total_seconds()
    patient, sitting, instruments = long_course(desk, now)
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    reader = Connection(stack.port, cookies={"sessionid": signed_in("consultant.rheum")})
    answered = [reader.get(f"/patients/{patient}/visits/{sitting}/") for _ in range(TIMES)]
    reader.close()
    if any(each.status != 200 for each in answered):
        raise RuntimeError(f"the summary was answered {answered[0].status}")
    return Summary(
        p95_ms=1000 * Spread.of(each.seconds for each in answered).p95,
        people=Patient.objects.count(),
        visits=VISITS,
        instruments=instruments,
        bytes=len(answered[-1].body),
        loaded_s=loaded_s,
    )


def rheumatology(now: datetime) -> Desk:
    """The rheumatology clinic, as the demonstration's past sees it."""
    clinic = next(one for one in clinics_for(13) if one.code == "rheumatology")
    service = Service.objects.select_related("organisation").get(code=clinic.code)
    calendar = Calendar.ending_before(timezone.localdate(now))
    return desk_of(clinic, service, tablets=(), calendar=calendar)


def fill_up(desk: Desk, now: datetime) -> None:
    missing = PEOPLE - 1 - Patient.objects.count()
    places = iter(range(max(missing, 0)))
    practice = Organisation.objects.order_by("pk").values_list("pk", flat=True)[0]
    while numbers := list(islice(places, AT_ONCE)):
        crowd = [person(0, "rheumatology", 10**6 + n, on=now.date()) for n in numbers]
        registered = Registrations()
        for number, someone in zip(numbers, crowd, strict=True):
            registered.add(
                someone, Numbers("", f"{9_000_000 + number}"), [],
                home=(desk.organisation_id, desk.hospital_prefix), practice_id=practice, at=now,
            )  # fmt: skip
            registered.relationships.append(
                people.PastRelationship(
                    someone.id,
                    desk.service_id,
                    "appointment",
                    now.date() - timedelta(days=200),
                    now.date() + timedelta(days=200),
                )
            )
        people.load_history(
            patients=registered.patients, identifiers=registered.identifiers,
            contact_points=registered.contact_points, relationships=registered.relationships,
            by=BY, at=now,
        )  # fmt: skip
        results.load_history(scores=_scores(crowd, desk, now), by=BY, at=now)


def _scores(crowd: list[Person], desk: Desk, now: datetime) -> Iterator[PastScore]:
    """Two visits of three scores each; a few kinds of answers are enough for rows to differ."""
    kinds = [
        {key: score(desk.instruments[key], {i.id: n % (i.highest + 1)
                                            for n, i in enumerate(desk.instruments[key].items, k)})
         for key in SCORED}
        for k in range(8)
    ]  # fmt: skip
    for someone in crowd:
        for ago in (200, 20):
            sitting = id_of(f"bench {someone.id} {ago}")
            for key in SCORED:
                yield past_score(
                    response=id_of(f"bench {sitting} {key}"), sitting=sitting,
                    patient_id=someone.id, service_id=desk.service_id,
                    content_id=desk.contents[key], score=kinds[someone.id.int % 8][key],
                    at=now - timedelta(days=ago),
                )  # fmt: skip


def long_course(desk: Desk, now: datetime) -> tuple[UUID, UUID, int]:
    """Twenty visits a month apart, everything asked at each; gives the patient and the last."""
    someone, worked = person(0, "rheumatology", 10**7, on=now.date()), Worked()
    today, chance = timezone.localdate(now), Random(0)
    course = [_visit(someone, desk, today, 30 * ago, chance) for ago in range(VISITS, 0, -1)]
    practice = Organisation.objects.order_by("pk").values_list("pk", flat=True)[0]
    worked.registrations.add(
        someone, Numbers("", "9999999"), course,
        home=(desk.organisation_id, desk.hospital_prefix), practice_id=practice, at=now,
    )  # fmt: skip
    for attended in course:
        worked.rows.add(attended, chance)
    store(worked, sessions={}, by=BY, at=now)
    last = course[-1].sitting
    if last is None:
        raise RuntimeError("the last visit has no sitting")
    return someone.id, last.id, len(last.scores)


def _visit(someone: Person, desk: Desk, today: date, ago: int, chance: Random) -> Attended:
    at = datetime.combine(today - timedelta(days=ago), time(9), visits.LONDON)
    visit = Visit(
        id=id_of(f"bench {someone.id} visit {ago}"), at=at, part="evening",
        what=visits.COMPLETED, who_helped="nobody",
    )  # fmt: skip
    sitting = sit(
        visit.id, at - timedelta(minutes=20), desk, answers_in(BUSY, desk.instruments),
        pace=Pace(60, "nobody"), answered_days_ago={}, chance=chance,
    )  # fmt: skip
    return Attended(someone, desk, visit, sitting)
