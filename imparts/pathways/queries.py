"""Reading pathways: open alerts of a service, one alert's story, the steps suggested."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import Http404

from imparts.access.queries import Asking
from imparts.access.roles import May
from imparts.pathways.models import Alert, AlertEvent, PathwayEntry
from imparts.people.queries import patients_visible_to

Name = AlertEvent.Name
# Default ladder of the clinical reference, section 3.2: to the deputy after 15 minutes, to liaison
# after 30, while the clinic runs. A proposal [P] that each site confirms.
DEPUTY_AFTER = timedelta(minutes=15)
LIAISON_AFTER = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class AlertStory:
    """One alert with everything that happened to it, in order."""

    alert: Alert
    events: tuple[AlertEvent, ...]

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
        """Who took it last, and when."""
        return self._last(Name.ACKNOWLEDGED)

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
    def deputy_at(self) -> datetime:
        """When the deputy is called unless someone has taken it."""
        return self.alert.raised_at + DEPUTY_AFTER

    @property
    def liaison_at(self) -> datetime:
        """When liaison psychiatry is called unless someone has taken it."""
        return self.alert.raised_at + LIAISON_AFTER

    def _detail(self, name: str) -> str:
        return next((str(e.details[name]) for e in self.answers if e.details.get(name)), "")

    def _last(self, name: str) -> AlertEvent | None:
        return next((e for e in reversed(self.events) if e.name == name), None)


def _stories(alerts: QuerySet[Alert]) -> list[AlertStory]:
    events = Prefetch("events", AlertEvent.objects.order_by("id"))
    return [
        AlertStory(alert, tuple(alert.events.all()))
        for alert in alerts.select_related("patient", "service").prefetch_related(events)
    ]


def _is_closed() -> Exists:
    return Exists(AlertEvent.objects.filter(alert=OuterRef("pk"), name=Name.CLOSED))


def _alerts_for(asking: Asking) -> QuerySet[Alert]:
    return Alert.objects.filter(service_id__in=asking.services_where(May.ACT_ON_ALERTS))


def open_alerts_for(asking: Asking) -> list[AlertStory]:
    """Open alerts of every service where someone may act on them, oldest first."""
    return _stories(_alerts_for(asking).exclude(_is_closed()).order_by("raised_at", "id"))


def open_alert_count(asking: Asking) -> int:
    """How many alerts are open for someone; for the menu."""
    return _alerts_for(asking).exclude(_is_closed()).count()


def alerts_closed_since(asking: Asking, moment: datetime) -> list[AlertStory]:
    """Alerts closed since a moment, latest first."""
    closed = AlertEvent.objects.filter(alert=OuterRef("pk"), name=Name.CLOSED, at__gte=moment)
    return _stories(_alerts_for(asking).filter(Exists(closed)).order_by("-raised_at", "-id"))


def alert_for(asking: Asking, alert_id: int) -> AlertStory:
    """One alert that someone may act on; 404 otherwise."""
    found = _stories(_alerts_for(asking).filter(pk=alert_id))
    if not found:
        raise Http404
    return found[0]


def alerts_about(abouts: Iterable[UUID]) -> dict[UUID, list[AlertStory]]:
    """Alerts raised in some sittings, by sitting. The caller has already let the asker through."""
    by_sitting: dict[UUID, list[AlertStory]] = {}
    for story in _stories(Alert.objects.filter(about__in=list(abouts)).order_by("raised_at", "id")):
        by_sitting.setdefault(story.alert.about, []).append(story)
    return by_sitting


def who_is_stopped_at_the_desk(service_id: int) -> set[UUID]:
    """Patients with an open alert: all that reception may know is to ask them to wait."""
    open_ones = Alert.objects.filter(service_id=service_id).exclude(_is_closed())
    return set(open_ones.values_list("patient_id", flat=True))


def entry_about(about: UUID) -> PathwayEntry | None:
    """What was suggested after one sitting, with the decisions taken."""
    return PathwayEntry.objects.filter(about=about).prefetch_related("taken").first()


def entries_about(abouts: Iterable[UUID]) -> dict[UUID, PathwayEntry]:
    """What was suggested after several sittings, by sitting."""
    found = PathwayEntry.objects.filter(about__in=list(abouts)).prefetch_related("taken")
    return {entry.about: entry for entry in found}


def entry_for(asking: Asking, entry_id: int, *, on: date) -> PathwayEntry:
    """One entry of a patient whom someone may see; 404 otherwise."""
    entry = (
        PathwayEntry.objects.filter(
            pk=entry_id, service_id__in=asking.services_where(May.DECIDE_STEPS)
        )
        .select_related("patient")
        .first()
    )
    visible = patients_visible_to(asking, on=on, may=May.DECIDE_STEPS)
    if (
        entry is None
        or not visible.filter(pk=entry.patient.merged_into_id or entry.patient_id).exists()
    ):
        raise Http404
    return entry
