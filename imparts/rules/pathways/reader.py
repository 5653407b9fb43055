"""From the text of a pathway file to a Pathway, or a sentence that says why not.

What follows from item 9 stands here in code, so that no edited file can weaken it: a pathway of the
risk of self-harm answers both item 9 positive and item 9 not answered, in the same visit, and no
pathway grades that risk (hazard H1; NICE NG225).
"""

from collections.abc import Mapping

from imparts.rules.content import ContentRefused, Table, read_toml
from imparts.rules.instruments.definition import Instrument
from imparts.rules.pathways.definition import Level, Pathway, Step, Trigger

SAME_VISIT = "same visit"
SELF_HARM = "risk_of_self_harm"
SELF_HARM_FLAGS = ("phq9_item9_positive", "phq9_item9_not_answered")
GRADES = ("high risk", "medium risk", "moderate risk", "low risk", "suicidal")


def read_pathway(text: str) -> Pathway:
    """Read one file of imparts/content/pathways; raises ContentRefused with a sentence."""
    table = read_toml(text, "pathway")
    pathway = Pathway(
        id=table.words("id"),
        title=table.words("title"),
        version=table.words("version"),
        levels=tuple(_read_level(one) for one in table.tables("levels")),
        authored_by=table.words("authored_by"),
        checked_by=table.words("checked_by"),
        reviewed_on=table.day("reviewed_on"),
        next_review=table.day("next_review"),
        sources=table.names("sources"),
    )
    table.end()
    _check(table, pathway)
    if pathway.id == SELF_HARM:
        _check_self_harm(table, pathway)
    return pathway


def refuse_wrong_ends(pathway: Pathway, known: Mapping[str, Instrument]) -> None:
    """Refuse a threshold at the end where people are well; it would miss those who are not.

    Asked when a pathway comes to the library and when it is put in force, since a file alone does
    not say which way the scores of an instrument run.
    """
    for trigger in (one for level in pathway.levels for one in level.triggers):
        found = known.get(trigger.instrument)
        if found is None:
            continue
        is_better = found.direction == "higher_is_better"
        if trigger.score_from is not None and is_better:
            raise ContentRefused(
                f"{pathway.id}: score_from {trigger.score_from} of {trigger.instrument} would be "
                "met by people who are well, since its higher scores are better; say score_up_to"
            )
        if trigger.score_up_to is not None and not is_better:
            raise ContentRefused(
                f"{pathway.id}: score_up_to {trigger.score_up_to} of {trigger.instrument} is for "
                "instruments of which higher scores are better; say score_from"
            )


def _read_level(one: Table) -> Level:
    level = Level(
        code=one.words("code"),
        triggers=tuple(_read_trigger(trigger) for trigger in one.tables("when")),
        steps=tuple(_read_step(step) for step in one.tables("steps")),
    )
    is_end = one.yes("nothing_follows", otherwise=False)
    if not level.triggers or is_end == bool(level.steps):
        raise one.refuse(f"the level {level.code} needs when, and steps or nothing_follows = true")
    one.end()
    return level


def _read_trigger(one: Table) -> Trigger:
    trigger = Trigger(
        instrument=one.words("instrument"),
        because=one.words("because"),
        score_from=one.number_or("score_from"),
        flag=one.words("flag") if one.has("flag") else None,
        band=one.words("band") if one.has("band") else None,
        score_up_to=one.number_or("score_up_to"),
    )
    said = [trigger.score_from, trigger.score_up_to, trigger.flag, trigger.band]
    if sum(each is not None for each in said) != 1:
        raise one.refuse("say score_from, score_up_to, flag or band, and only one of them")
    one.end()
    return trigger


def _read_step(one: Table) -> Step:
    step = Step(
        id=one.words("id"),
        order=one.whole("order"),
        verb_first=one.words("verb_first"),
        text=one.words("text"),
        offer=one.words_or("offer"),
        within=one.words("within"),
        responsible=one.words("responsible"),
        source=one.words("source"),
    )
    if step.text[0] not in " ,.:;":
        raise one.refuse("text goes on after the verb, so it begins with a space or a comma")
    one.end()
    return step


def _check(table: Table, pathway: Pathway) -> None:
    if not pathway.levels:
        raise table.refuse("there are no levels")
    names = [step.id for step in pathway.steps]
    for name in names:
        if names.count(name) > 1:
            raise table.refuse(f"the step {name} stands there twice")
    for step in pathway.steps:
        said = f"{step.verb_first}{step.text}".lower()
        for grade in GRADES:
            if grade in said:
                raise table.refuse(f'the step {step.id} says "{grade}"; never grade that risk')
    if pathway.next_review <= pathway.reviewed_on:
        raise table.refuse("the next review is not after the last one")


def _check_self_harm(table: Table, pathway: Pathway) -> None:
    for flag in SELF_HARM_FLAGS:
        levels = [
            level
            for level in pathway.levels
            if any(trigger.flag == flag for trigger in level.triggers)
        ]
        if not levels:
            raise table.refuse(f"nothing follows from {flag}; it cannot be weakened")
        if any(step.within != SAME_VISIT for step in levels[0].steps):
            raise table.refuse(f'what follows from {flag} is due in the "{SAME_VISIT}"')
