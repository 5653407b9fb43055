"""Alerts: which are open, which were closed, and one of them with its story."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from imparts.access.queries import Asking
from imparts.access.roles import May
from imparts.pathways.models import Alert, AlertEvent
from imparts.pathways.queries.stories import AlertStory, stories_of
from imparts.people.models import Patient

Name = AlertEvent.Name
Tier = Alert.Tier


def open_alerts_for(asking: Asking) -> list[AlertStory]:
    """Open alerts that a person must act on now (tier A), oldest first.

    Of every service where someone may act on them.
    """
    return stories_of(open_ones(_alerts_for(asking)).order_by("raised_at", "id"))


def worklist_for(asking: Asking) -> list[AlertStory]:
    """Open alerts of tier B: to be looked at in the session, nobody is called for them."""
    found = _not_closed(_alerts_for(asking)).filter(tier=Tier.B).exclude(_acts_now())
    return stories_of(found.order_by("raised_at", "id"))


def open_alert_count(asking: Asking) -> int:
    """How many alerts of tier A are open for someone; for the menu."""
    return open_ones(_alerts_for(asking)).count()


def alerts_closed_since(asking: Asking, moment: datetime) -> list[AlertStory]:
    """Alerts closed since a moment, latest first."""
    closed = AlertEvent.objects.filter(alert=OuterRef("pk"), name=Name.CLOSED, at__gte=moment)
    return stories_of(_alerts_for(asking).filter(Exists(closed)).order_by("-raised_at", "-id"))


def alert_for(asking: Asking, alert_id: int) -> AlertStory:
    """One alert that someone may act on; 404 otherwise."""
    found = stories_of(_alerts_for(asking).filter(pk=alert_id))
    if not found:
        raise Http404
    return found[0]


def story_of(alert: Alert) -> AlertStory:
    """One alert's story as it stands now; for actions and the worker, which ask for nobody."""
    return stories_of(Alert.objects.filter(pk=alert.pk))[0]


def alerts_about(abouts: Iterable[UUID]) -> dict[UUID, list[AlertStory]]:
    """Alerts raised in some sittings, by sitting. The caller has already let the asker through."""
    by_sitting: dict[UUID, list[AlertStory]] = {}
    found = Alert.objects.filter(about__in=list(abouts)).order_by("raised_at", "id")
    for story in stories_of(found):
        by_sitting.setdefault(story.alert.about, []).append(story)
    return by_sitting


def who_is_stopped_at_the_desk(service_id: int) -> set[UUID]:
    """Patients with an open alert: all that reception may know is to ask them to wait.

    Every record of a person counts, whichever of two joined ones the alert stands under.
    """
    stopped = open_ones(Alert.objects.filter(service_id=service_id)).values("patient_id")
    return _every_record_of(stopped)


def who_must_wait(service_id: int) -> set[UUID]:
    """Patients who cannot be checked out: an open alert, and nothing recorded of their having left.

    Once somebody has tried to reach a person who had left, the list may say so too.
    """
    tried = AlertEvent.objects.filter(alert=OuterRef("pk"), details__has_key="attempt")
    waiting = open_ones(Alert.objects.filter(service_id=service_id)).exclude(Exists(tried))
    return _every_record_of(waiting.values("patient_id"))


def open_ones(alerts: QuerySet[Alert]) -> QuerySet[Alert]:
    """Those of tier A that nobody has closed."""
    return _not_closed(alerts).filter(Q(tier=Tier.A) | _acts_now())


def alerts_of_patients(patient_ids: Iterable[UUID], service_id: int) -> QuerySet[Alert]:
    """Open alerts of some people at a service, those of records joined with theirs among them."""
    ids = _every_record_of(Patient.objects.filter(pk__in=list(patient_ids)).values("pk"))
    return open_ones(Alert.objects.filter(service_id=service_id, patient_id__in=ids))


def _every_record_of(patients: QuerySet) -> set[UUID]:
    """The ids of these records, of those they were merged into and of those merged into either."""
    rows = Patient.objects.filter(pk__in=patients).values_list("pk", "merged_into_id")
    ids = {each for row in rows for each in row if each}
    return ids | set(Patient.objects.filter(merged_into__in=ids).values_list("pk", flat=True))


def _not_closed(alerts: QuerySet[Alert]) -> QuerySet[Alert]:
    return alerts.exclude(Exists(AlertEvent.objects.filter(alert=OuterRef("pk"), name=Name.CLOSED)))


def _acts_now() -> Exists:
    """A graver answer joined an alert of tier B or C."""
    return Exists(AlertEvent.objects.filter(alert=OuterRef("pk"), details__tier=Tier.A))


def _alerts_for(asking: Asking) -> QuerySet[Alert]:
    return Alert.objects.filter(service_id__in=asking.services_where(May.ACT_ON_ALERTS))
