"""Bodies: what is known of people besides their answers: treatments, physical measures, baselines.

Everything here hangs on a person's own seed, so the answers of the crowd stay as they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

from imparts.demo.crowd.people import id_of
from imparts.demo.named.treated import TREATED
from imparts.demo.past.courses import Attended
from imparts.demo.past.visits import LONDON
from imparts.informatics.results.actions.past_measures import PastBaseline, PastMeasure
from imparts.pathways.actions.past_treatments import PastTreatment

if TYPE_CHECKING:
    from imparts.demo.named.scripts import Named
    from imparts.demo.past.desks import Desk

_TYPED = 0.7  # of treatments and measures, somebody typed them here
# By specialty: the measure, its usual number, how far people differ, how far mood goes with it.
_MEASURED = {
    "rheumatology": ("das28", 3.4, 0.9, 0.06),
    "diabetes": ("hba1c", 62.0, 13.0, 0.7),
    "ibd": ("crp", 9.0, 7.0, 0.4),
    "heart-failure": ("weight", 84.0, 14.0, 0.0),
}
_LIMITS = {"das28": (0.5, 9.0), "hba1c": (32, 130), "crp": (1, 120), "weight": (48, 140)}
_DIGITS = {"das28": 1, "weight": 1}


@dataclass(slots=True)
class Bodies:
    """What is copied, table by table."""

    treatments: list[PastTreatment] = field(default_factory=list)
    measures: list[PastMeasure] = field(default_factory=list)
    baselines: list[PastBaseline] = field(default_factory=list)

    def add(self, course: Sequence[Attended], *, until: date) -> None:
        """One of the crowd: a share of those treated, a share of their measures."""
        if not course:
            return
        chance = Random(f"body {course[0].person.id}")
        usual = chance.gauss(0, 1)
        for attended in course:
            if attended.begins_treatment and chance.random() < _TYPED:
                self._treat(attended, chance, until)
            if attended.sitting is not None and chance.random() < _TYPED:
                self._measure(attended, usual, chance)

    def _treat(self, attended: Attended, chance: Random, until: date) -> None:
        began = attended.visit.at.date() + timedelta(days=chance.randrange(21, 64))
        sessions = chance.choice((6, 8, 8, 10, 12))
        ended = began + timedelta(days=7 * sessions + chance.randrange(7, 50))
        if began > until:
            return
        self.treatments.append(
            PastTreatment(
                attended.person.id, attended.desk.service_id, "talking_therapies",
                f"Talking Therapies, {sessions} sessions", "course", began, _noon(began),
                attended.desk.nurse, ended if ended <= until else None,
            )
        )  # fmt: skip

    def _measure(self, attended: Attended, usual: float, chance: Random) -> None:
        found = _MEASURED.get(attended.person.specialty)
        sitting = attended.sitting
        if found is None or sitting is None:
            return
        code, middle, spread, with_mood = found
        score = sitting.scores.get("phq9")
        mood = float(score.score) if score and score.score is not None else 7.0
        number = middle + spread * (0.8 * usual + 0.5 * chance.gauss(0, 1)) + with_mood * (mood - 7)
        low, high = _LIMITS[code]
        value = round(Decimal(min(max(number, low), high)), _DIGITS.get(code, 0))
        self._add(attended, code, value)

    def _add(
        self, attended: Attended, code: str, value: Decimal, second: Decimal | None = None
    ) -> None:
        at = attended.visit.at
        self.measures.append(
            PastMeasure(
                attended.person.id, attended.desk.service_id, code, value, second, at.date(), at,
                attended.desk.nurse,
            )
        )  # fmt: skip

    def add_named(
        self, named: "Named", course: Sequence[Attended], home: "Desk", *, today: date
    ) -> None:
        """What is told of a named patient: the same in every demonstration."""
        told = TREATED.get(named.slug)
        if told is None:
            return
        for one in told.treatments:
            began = today - timedelta(days=one.days_ago)
            ended = today - timedelta(days=one.until_days_ago) if one.until_days_ago else None
            self.treatments.append(
                PastTreatment(
                    named.id, home.service_id, one.option, one.what,
                    "event" if one.is_event else "course", began, _noon(began), home.nurse, ended,
                )
            )  # fmt: skip
        for code, numbers in told.measures:
            for attended, number in zip(course, numbers, strict=False):
                self._add(attended, code, Decimal(number))
        for code, number in told.today:
            at = datetime.combine(today, time(7, 30), LONDON)
            self.measures.append(
                PastMeasure(
                    named.id, home.service_id, code, Decimal(number), None, today, at, home.nurse
                )
            )
        for instrument in told.baselines:
            sitting = course[-1].sitting
            if sitting is not None:
                response = id_of(f"response {sitting.id} {instrument}")
                self.baselines.append(PastBaseline(response, course[-1].visit.at, home.nurse))


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), LONDON)
