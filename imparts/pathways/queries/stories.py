"""Stories: one alert with everything that happened to it, and what follows from that."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch, QuerySet

from imparts.pathways.models import Alert, AlertEvent
from imparts.pathways.queries.clocks import clocks_by_service
from imparts.pathways.queries.ladders import RungOfStory, record_by, rungs_of
from imparts.rules.alerting.clocks import DEFAULT_CLOCKS, Clocks

Name = AlertEvent.Name
_RANKS = (Name.SEEN, Name.DELIVERED, Name.RAISED)


@dataclass(frozen=True, slots=True)
class AlertStory:
    """One alert with everything that happened to it, in order, and its service's clocks."""

    alert: Alert
    events: tuple[AlertEvent, ...]
    clocks: Clocks = DEFAULT_CLOCKS
    """Those in force when it was raised."""

    @property
    def answers(self) -> tuple[AlertEvent, ...]:
        """Every answer given to the item, with its time, first to last."""
        return tuple(e for e in self.events if e.name in (Name.RAISED, Name.ANSWERED_AGAIN))

    @property
    def kind(self) -> str:
        """The gravest of the answers: positive before declined before not reached."""
        kinds = {event.kind for event in self.answers}
        order = (Alert.Kind.POSITIVE, Alert.Kind.DECLINED, Alert.Kind.NOT_REACHED)
        return next((kind for kind in order if kind in kinds), Alert.Kind.NOT_REACHED)

    @property
    def tier(self) -> str:
        """A: a person must act now; B: in the worklist; C: for information. The gravest counts."""
        return min([self.alert.tier, *(str(e.details.get("tier") or "C") for e in self.answers)])

    @property
    def state(self) -> str:
        """Where it stands, as the name of an event (AlertEvent.Name): worked out, never stored."""
        if self.is_closed:
            return str(Name.CLOSED)
        if self.handed_on:
            return str(Name.HANDED_ON)
        if self.taken:
            return str(Name.ACKNOWLEDGED)
        if any(rung.called and rung.duty != "owner" for rung in self.rungs):
            return str(Name.ESCALATED)
        return str(next(name for name in _RANKS if self._last(name) or name == Name.RAISED))

    @property
    def owner(self) -> str:
        """The user name of whoever has taken it, or has been handed it; empty while nobody has."""
        if self.handed_on:
            return self.handed_on.for_whom
        return self.taken.by if self.taken else ""

    @property
    def rungs(self) -> tuple[RungOfStory, ...]:
        """Who is called for it and when, those called before it was handed on among them."""
        return rungs_of(self)

    @property
    def record_by(self) -> datetime | None:
        """Taken: until when what was done is recorded, before others are called; else none."""
        return record_by(self)

    @property
    def gravest(self) -> AlertEvent:
        """The answer that the alert is about: the highest given, or the first."""
        return max(self.answers, key=lambda e: (e.kind == self.kind, e.value or 0, -e.pk))

    @property
    def question(self) -> str:
        """A form's question in its author's words; our own instruments' items have names."""
        return self._detail("question")

    @property
    def do(self) -> str:
        """What the review of a form tells staff to do; empty for our own instruments."""
        return self._detail("do")

    @property
    def do_in_row(self) -> str:
        """The same for a row of a list."""
        return self._detail("do_in_row")

    @property
    def is_closed(self) -> bool:
        """Whether a person has closed it."""
        return any(event.name == Name.CLOSED for event in self.events)

    @property
    def taken(self) -> AlertEvent | None:
        """Who took it last, and when; none while it is handed on and not yet accepted."""
        return None if self.handed_on else self._last(Name.ACKNOWLEDGED)

    @property
    def first_taken(self) -> AlertEvent | None:
        """Who took it first, and when: for how quickly alerts are taken."""
        return self._first(Name.ACKNOWLEDGED)

    @property
    def handed_on(self) -> AlertEvent | None:
        """To whom it was handed on (`for_whom`), until somebody takes it."""
        passed = (Name.ACKNOWLEDGED, Name.HANDED_ON)
        last = next((e for e in reversed(self.events) if e.name in passed), None)
        return last if last and last.name == Name.HANDED_ON else None

    @property
    def first_seen(self) -> AlertEvent | None:
        """Who had it before them first, and when."""
        return self._first(Name.SEEN)

    @property
    def told(self) -> AlertEvent | None:
        """What the patient was told."""
        return self._last(Name.TOLD)

    @property
    def acted(self) -> AlertEvent | None:
        """What was done."""
        return self._last(Name.ACTED)

    @property
    def closed(self) -> AlertEvent | None:
        """When and by whom it was closed."""
        return self._last(Name.CLOSED)

    @property
    def attempts(self) -> tuple[AlertEvent, ...]:
        """What was tried to reach someone who had left: details say how, and what came of it."""
        return tuple(e for e in self.events if e.details.get("attempt"))

    @property
    def is_another_persons(self) -> bool:
        """Whether the answers turned out to be another person's (actions/wrong_person.py)."""
        return any(e.details.get("wrong_person") for e in self.events)

    @property
    def calls(self) -> tuple[AlertEvent, ...]:
        """Everybody who was called, by the ladder or to the desk."""
        return tuple(e for e in self.events if e.name == Name.ESCALATED)

    @property
    def deputy_at(self) -> datetime:
        """When the next person is called unless someone has taken it: the deputy, in clinic."""
        return self._after_owner(0, timedelta(minutes=self.clocks.deputy_after))

    @property
    def liaison_at(self) -> datetime:
        """When liaison psychiatry is called unless someone has taken it."""
        return self._after_owner(1, timedelta(minutes=self.clocks.liaison_after))

    def _after_owner(self, place: int, otherwise: timedelta) -> datetime:
        rungs = [rung for rung in self.rungs if rung.duty != "owner"]
        return rungs[min(place, len(rungs) - 1)].at if rungs else self.alert.raised_at + otherwise

    def _detail(self, name: str) -> str:
        return next((str(e.details[name]) for e in self.answers if e.details.get(name)), "")

    def _first(self, name: str) -> AlertEvent | None:
        return next((e for e in self.events if e.name == name), None)

    def _last(self, name: str) -> AlertEvent | None:
        return next((e for e in reversed(self.events) if e.name == name), None)


def stories_of(alerts: QuerySet[Alert]) -> list[AlertStory]:
    """Alerts with their events and clocks, in the order of the query."""
    events = Prefetch("events", AlertEvent.objects.order_by("id"))
    found = list(alerts.select_related("patient__merged_into", "service").prefetch_related(events))
    clocks = clocks_by_service({alert.service_id for alert in found})
    return [
        AlertStory(alert, tuple(alert.events.all()), clocks(alert.service_id, alert.raised_at))
        for alert in found
    ]


def called_by(stories: Iterable[AlertStory]) -> frozenset[str]:
    """Every user name that stands in some stories, as actor or as called: to be given a name."""
    return frozenset(
        name for story in stories for e in story.events for name in (e.by, e.for_whom) if name
    )
