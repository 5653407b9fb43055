"""What follows from item 9, in code, so that no edited file can weaken it.

A pathway of the risk of self-harm answers both item 9 positive and item 9 not answered with a
conversation in the same visit, for everybody, before anything else; and no pathway grades that risk
(hazard H1; NICE NG225).
"""

from imparts.rules.content import Table
from imparts.rules.pathways.definition import Level, Pathway

SAME_VISIT = "same visit"
SELF_HARM = "risk_of_self_harm"
POSITIVE, NOT_ANSWERED = "phq9_item9_positive", "phq9_item9_not_answered"
SELF_HARM_FLAGS = (POSITIVE, NOT_ANSWERED)


def refuse_a_weaker_one(table: Table, pathway: Pathway) -> None:
    """Refuse a pathway of the risk of self-harm that does less than it must."""
    if pathway.id != SELF_HARM:
        return
    for place, flag in enumerate(SELF_HARM_FLAGS):
        level = next((one for one in pathway.levels if _answers(one, flag)), None)
        if level is None:
            raise table.refuse(f"nothing follows from {flag}; it cannot be weakened")
        for sentence in _why_weaker(level, flag):
            raise table.refuse(f"the level {level.code}: {sentence}")
        for above in pathway.levels[: pathway.levels.index(level)]:
            if place == 0 or not _answers(above, POSITIVE):
                raise table.refuse(
                    f"the level {above.code} stands above {level.code}, and could take the place "
                    f"of what follows from {flag}; it cannot be weakened"
                )


def weakens_item9(live: Pathway, draft: Pathway) -> str | None:
    """Why a draft is refused: after item 9 it does less than what is live; None for as much."""
    kept = [one for one in live.levels if _is_about_harm(live, one)]
    for level in kept:
        now = draft.level(level.code)
        if now is None:
            return f"The level {level.code} is gone. What follows from item 9 cannot be weakened."
        if changed := _less(level, now):
            return f"The level {level.code}: {changed}. What follows from item 9 stays as it is."
        over = {one.code for one in live.levels[: live.levels.index(level)]}
        for above in draft.levels[: draft.levels.index(now)]:
            if above.code not in over:
                return (
                    f"The level {above.code} now stands above {level.code}. Nothing may come "
                    "before what follows from item 9."
                )
    return None


def _is_about_harm(pathway: Pathway, level: Level) -> bool:
    return pathway.id == SELF_HARM or any(one.flag in SELF_HARM_FLAGS for one in level.triggers)


def _less(before: Level, now: Level) -> str | None:
    """What was taken from a level or said in other words; more may be added."""
    if any(one not in now.triggers for one in before.triggers):
        return "what leads to it is not the same, word for word"
    if any(one not in now.steps for one in before.steps):
        return "a step of it is not the same, word for word"
    if now.only_when != before.only_when:
        return "it is not for the same people"
    return None


def _answers(level: Level, flag: str) -> bool:
    return any(trigger.flag == flag for trigger in level.triggers)


def _why_weaker(level: Level, flag: str) -> list[str]:
    """Each way in which what follows is less than a conversation, today, with everybody."""
    said = []
    if any(step.within != SAME_VISIT for step in level.steps):
        said.append(f'what follows from {flag} is due in the "{SAME_VISIT}"')
    if not any(step.kind == "talk" for step in level.steps):
        said.append(f'what follows from {flag} is a conversation, a step of the kind "talk"')
    if level.only_when is not None:
        said.append(f"what follows from {flag} is for everybody, so it has no only_when")
    if not any(trigger.flag == flag and trigger.repeated is None for trigger in level.triggers):
        said.append(f"what follows from {flag} follows the first time, so it has no repeated")
    if any(step.continued for step in level.steps):
        said.append(f"what follows from {flag} is the same for those who are in treatment")
    return said
