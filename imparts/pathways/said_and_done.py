"""What was said and done about an alert: the answers that may be chosen, and one line of words.

The fields are those of the clinical reference, section 3.2. There is no score and no grade.
"""

from collections.abc import Mapping, Sequence

ACTIONS = {
    "none_needed": "None needed, because",
    "gp": "GP",
    "talking_therapies": "Talking Therapies",
    "liaison": "Liaison, same day",
    "crisis_team": "Crisis team",
    "emergency_department": "Emergency department",
}
TALKED_BY = {"me": "I did", "someone_else": "Someone else", "nobody": "Nobody yet"}
SAFETY_PLAN = {"made": "Made", "updated": "Updated", "not_made": "Not made"}
TOPICS = {
    "thoughts_now": "Thoughts now",
    "plan": "Plan",
    "means": "Means",
    "intent": "Intent",
    "past_self_harm": "Past self-harm",
    "what_protects": "What protects",
    "drugs_and_alcohol": "Drugs and alcohol",
}
ATTEMPTS = {
    "phone": "The patient, by phone",
    "contact": "The contact agreed with the patient",
    "gp": "GP",
    "crisis_team": "Crisis team",
    "police": "Police welfare check, by local policy",
}
_TALKED = {
    "me": "Talked with the patient",
    "someone_else": "Someone else talked with the patient",
    "nobody": "Nobody has talked with the patient yet",
}


def what_was_done(details: Mapping[str, object]) -> str:
    """What was recorded, in one line."""
    plan = SAFETY_PLAN.get(str(details.get("safety_plan", "")), "")
    said = (
        _TALKED.get(str(details.get("talked_by", "")), ""),
        action_in_words(details),
        str(details.get("reason", "")),
        f"Safety plan {plan.lower()}" if plan else "",
        *_topics(details),
        *_follow_up(details),
    )
    return ". ".join(text.strip().rstrip(".") for text in said if text.strip())


def action_in_words(details: Mapping[str, object]) -> str:
    """The action alone: "GP"."""
    return ACTIONS.get(str(details.get("action", "")), "").removesuffix(", because")


def _topics(details: Mapping[str, object]) -> Sequence[str]:
    said = details.get("topics")
    if not isinstance(said, Mapping):
        return []
    return [f"{label}: {said[name]}" for name, label in TOPICS.items() if said.get(name)]


def _follow_up(details: Mapping[str, object]) -> Sequence[str]:
    parts = [str(details[key]) for key in ("follow_up_on", "follow_up_by") if details.get(key)]
    return [f"Follow up: {', '.join(parts)}"] if parts else []
