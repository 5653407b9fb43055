"""From the text of a pathway file to a Pathway, or a sentence that says why not.

What can be seen in the file alone is refused here; what needs the instruments and the options, in
checks.py; and what would weaken item 9, in self_harm.py.
"""

from decimal import Decimal

from imparts.rules.content import Table, one_of, read_toml
from imparts.rules.pathways.definition import (
    BETTER,
    KINDS,
    WORSE,
    Continued,
    Level,
    OnlyWhen,
    Pathway,
    RecordField,
    Repeated,
    Step,
    Trigger,
)
from imparts.rules.pathways.self_harm import refuse_a_weaker_one

GRADES = ("high risk", "medium risk", "moderate risk", "low risk", "suicidal")
OLDEST = 130
LONGEST_DAYS = 3650
_SAYS_ONE = "say score_from, score_up_to, flag, band, worse_beyond_chance or better_beyond_chance"


def read_pathway(text: str) -> Pathway:
    """Read one file of imparts/content/pathways; raises ContentRefused with a sentence."""
    table = read_toml(text, "pathway")
    pathway = Pathway(
        id=table.words("id"),
        title=table.words("title"),
        version=table.words("version"),
        levels=table.read_each("levels", _read_level),
        authored_by=table.words("authored_by"),
        checked_by=table.words("checked_by"),
        reviewed_on=table.day("reviewed_on"),
        next_review=table.day("next_review"),
        sources=table.names("sources"),
    )
    table.end()
    _check(table, pathway)
    refuse_a_weaker_one(table, pathway)
    return pathway


def _read_level(one: Table) -> Level:
    code = one.words("code")
    one.where = f"{one.where} ({code[:60]})"
    level = Level(
        code=code,
        triggers=one.read_each("when", _read_trigger),
        steps=one.read_each("steps", _read_step),
        only_when=one.read_if("only_when", _read_only_when),
    )
    is_end = one.yes("nothing_follows", otherwise=False)
    if not level.triggers or is_end == bool(level.steps):
        raise one.refuse(f"the level {level.code} needs when, and steps or nothing_follows = true")
    return level


def _read_trigger(one: Table) -> Trigger:
    trigger = Trigger(
        instrument=one.words("instrument"),
        because=one.words("because"),
        score_from=one.number_or("score_from"),
        flag=one.words_if("flag"),
        band=one.words_if("band"),
        score_up_to=one.number_or("score_up_to"),
        change=_read_change(one),
        repeated=one.read_if("repeated", _read_repeated),
    )
    said: list[Decimal | str | None] = [
        trigger.score_from, trigger.score_up_to, trigger.flag, trigger.band, trigger.change,
    ]  # fmt: skip
    if sum(each is not None for each in said) != 1:
        raise one.refuse(f"{_SAYS_ONE}, and only one of them")
    if trigger.change and trigger.repeated:
        raise one.refuse("a change cannot be repeated; say one of the two", "repeated")
    return trigger


def _read_change(one: Table) -> str | None:
    found = [
        change
        for key, change in (("worse_beyond_chance", WORSE), ("better_beyond_chance", BETTER))
        if one.yes(key, otherwise=False)
    ]
    if len(found) > 1:
        raise one.refuse("say worse_beyond_chance or better_beyond_chance, and only one of them")
    return found[0] if found else None


def _read_repeated(one: Table) -> Repeated:
    repeated = Repeated(one.whole("times"), one.whole("within_days"))
    if repeated.times < 2:
        raise one.refuse("times counts this visit too, so it is 2 or more", "times")
    if not 1 <= repeated.within_days <= LONGEST_DAYS:
        raise one.refuse(f"within_days runs from 1 to {LONGEST_DAYS}", "within_days")
    return repeated


def _read_only_when(one: Table) -> OnlyWhen:
    found = OnlyWhen(
        age_from=one.whole_or("age_from"),
        age_up_to=one.whole_or("age_up_to"),
        services=one.names_or("services"),
        pregnant=one.yes("pregnant") if one.has("pregnant") else None,
        in_treatment=one.names_or("in_treatment"),
        not_in_treatment=one.names_or("not_in_treatment"),
        after_step=one.words_if("after_step"),
    )
    one.end()
    if found == OnlyWhen():
        raise one.refuse("it says nothing; name a condition, or leave only_when out")
    _check_ages(one, found)
    if both := set(found.in_treatment) & set(found.not_in_treatment):
        raise one.refuse(f"nobody is in treatment with {sorted(both)[0]} and not in it too")
    return found


def _check_ages(one: Table, found: OnlyWhen) -> None:
    for key, age in (("age_from", found.age_from), ("age_up_to", found.age_up_to)):
        if age is not None and not 0 <= age <= OLDEST:
            raise one.refuse(f"{key} is {age}; an age runs from 0 to {OLDEST}", key)
    lowest, highest = found.age_from or 0, OLDEST if found.age_up_to is None else found.age_up_to
    if lowest > highest:
        raise one.refuse(f"nobody is {lowest} or more and {highest} or less")


def _read_step(one: Table) -> Step:
    kind = one_of(one, "kind", KINDS, otherwise="talk")
    step = Step(
        id=one.words("id"),
        order=one.whole("order"),
        verb_first=one.words("verb_first"),
        text=one.words("text"),
        offer=one.words_or("offer"),
        within=one.words("within"),
        responsible=one.words("responsible"),
        source=one.words("source"),
        kind=kind,
        options=one.names_or("options"),
        answer_before_end=one.yes("answer_before_end", otherwise=False),
        opt_out=one.yes("opt_out", otherwise=False),
        training=one.words_or("training"),
        asks=one.names_or("asks"),
        fields=one.read_each("fields", _read_field),
        continued=one.read_if("in_treatment", _read_continued),
    )
    _check_step(one, step)
    return step


def _read_field(one: Table) -> RecordField:
    field = RecordField(one.plain_name("code"), one.words("label"), one.names("choices"))
    if not field.choices:
        raise one.refuse("choices is empty; say what can be recorded", "choices")
    return field


def _read_continued(one: Table) -> Continued:
    found = Continued(one.words("verb_first"), one.words("text"))
    _check_goes_on(one, found.text)
    return found


def _check_goes_on(one: Table, text: str) -> None:
    if text[0] not in " ,.:;":
        raise one.refuse("text goes on after the verb, so it begins with a space or a comma")


def _check_step(one: Table, step: Step) -> None:
    _check_goes_on(one, step.text)
    if step.kind in ("refer", "self_help") and not step.options:
        raise one.refuse(f'a step of the kind "{step.kind}" names its options')
    if bool(step.asks) != (step.kind == "repeat"):
        raise one.refuse('a step of the kind "repeat" names in asks what is asked, and no other')
    if step.opt_out and step.kind != "refer":
        raise one.refuse("only a referral can stand unless somebody says no", "opt_out")
    if step.continued and not step.options:
        raise one.refuse("in_treatment is said of the options of a step, and it names none")
    codes = [field.code for field in step.fields]
    if len(set(codes)) < len(codes):
        raise one.refuse("a field stands there twice")


def _check(table: Table, pathway: Pathway) -> None:
    if not pathway.levels:
        raise table.refuse("there are no levels")
    names = [step.id for step in pathway.steps]
    for name in names:
        if names.count(name) > 1:
            raise table.refuse(f"the step {name} stands there twice")
    for step in pathway.steps:
        _refuse_grades(table, f"the step {step.id}", _words_of(step))
    for level in pathway.levels:
        for number, trigger in enumerate(level.triggers, start=1):
            where = f"the level {level.code}, trigger {number},"
            _refuse_grades(table, where, trigger.because)
    table.check_review(pathway.reviewed_on, pathway.next_review)


def _words_of(step: Step) -> str:
    goes_on = f" {step.continued.verb_first}{step.continued.text}" if step.continued else ""
    return f"{step.verb_first}{step.text} {step.offer}{goes_on}"


def _refuse_grades(table: Table, where: str, words: str) -> None:
    for grade in GRADES:
        if grade in words.lower():
            raise table.refuse(f'{where} says "{grade}"; never grade that risk')
