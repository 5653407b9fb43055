"""Told alerts: those of a sitting that are open, as the record is told of them."""

from uuid import UUID

from imparts.pathways import queries as pathways
from imparts.pathways.alert_words import asked_before
from imparts.pathways.models import Alert
from imparts.rules.record.result_facts import AlertFacts

TO_DO = {"positive": "Talk with the patient before they leave."}
ASK = "Ask in person."


def alerts_told(sitting: UUID) -> dict[str, tuple[AlertFacts, ...]]:
    """The open alerts of a sitting, by instrument: what was answered, and what is to be done."""
    found: dict[str, tuple[AlertFacts, ...]] = {}
    for story in pathways.alerts_about([sitting]).get(sitting, []):
        if story.is_closed:
            continue
        alert, answer = story.alert, story.gravest.what
        words = f"{asked_before(story)}{answer}. {story.do or TO_DO.get(story.kind, ASK)}"
        told = AlertFacts(
            id=str(alert.pk), item=alert.item, words=words, raised_at=alert.raised_at,
            tier=story.tier, tier_words=str(Alert.Tier(story.tier).label),
        )  # fmt: skip
        found[alert.instrument] = (*found.get(alert.instrument, ()), told)
    return found
