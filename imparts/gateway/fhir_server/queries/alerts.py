"""Alerts as Flags: what was answered, how the alert stands, never a grade of risk."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet

from imparts.design.words import capital
from imparts.gateway.fhir.flag import FlagFacts, flag_of
from imparts.gateway.fhir_server.queries.encounters import encounters_of
from imparts.gateway.fhir_server.queries.seen import (
    last,
    many,
    patient,
    results,
    stamped,
    withdrawn,
)
from imparts.gateway.fhir_server.registry import Json, Reader
from imparts.pathways.alert_words import ASK_IN_FULL, TALK_IN_FULL, asked_before
from imparts.pathways.models import Alert, AlertEvent
from imparts.pathways.queries import AlertStory
from imparts.pathways.queries.stories import stories_of


def rows(reader: Reader) -> QuerySet[Alert]:
    """Alerts of the services whose results the reader may see."""
    events = AlertEvent.objects.filter(alert=OuterRef("pk"))
    closed = events.filter(name=AlertEvent.Name.CLOSED)
    return Alert.objects.filter(results(reader)).annotate(
        _stored=last(events, "at"),
        _version=many(events, "alert"),
        _is_closed=Exists(closed),
        _is_in_error=withdrawn("about"),
    )


def render(found: Sequence[Alert], reader: Reader) -> list[Json]:
    """Each alert with its story so far."""
    stories = {
        story.alert.pk: story
        for story in stories_of(Alert.objects.filter(pk__in=[row.pk for row in found]))
    }
    where = encounters_of(row.appointment for row in found)
    return [
        stamped(
            flag_of(_facts(row, stories[row.pk], where.get(row.appointment, ""))),
            row._stored or row.raised_at,
            row._version or 1,
        )
        for row in found
    ]


def _facts(row: Alert, story: AlertStory, encounter: str) -> FlagFacts:
    to_do = TALK_IN_FULL if story.kind == Alert.Kind.POSITIVE else ASK_IN_FULL
    words = f"{asked_before(story)}{story.gravest.what}. {story.do or to_do}"
    closed = story.closed
    return FlagFacts(
        id=str(row.pk),
        patient=patient(row.patient_id),
        code=f"{row.instrument}.{row.item}",
        words=capital(words),
        tier=story.tier,
        tier_words=Alert.Tier(story.tier).label,
        raised_at=row.raised_at,
        closed_at=closed.at if closed else None,
        is_in_error=row._is_in_error,
        encounter=encounter,
    )
