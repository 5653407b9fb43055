"""What one version says, in sections of rows: the same for packs, pathways, texts and questions."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imparts.rules.packs.differences import how_often

if TYPE_CHECKING:
    from imparts.authoring.queries.texts import WhatItSays
    from imparts.rules.forms.definition import Form, FormItem
    from imparts.rules.instruments.definition import Instrument
    from imparts.rules.packs.definition import Pack
    from imparts.rules.page_words import PageWords
    from imparts.rules.pathways.definition import Level, Pathway, Trigger
    from imparts.rules.patient_texts import CalmPage, PatientTexts

MOST_ROWS = 1200
NOT_WHOLE = (
    "These words lack a sentence that the pages of this version of imparts say, so they are shown "
    "to nobody. Bring in a new version that has them all."
)
SELF_HARM = (
    "What follows from the question of PHQ-9 about self-harm is fixed in the program, so that no "
    "file can weaken it."
)


@dataclass(frozen=True, slots=True)
class Section:
    """One part of what is said: a heading, a note, and rows under columns."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def sections_of(says: "WhatItSays") -> tuple[Section, ...]:
    """Everything that a version says which a patient or a clinician meets."""
    if says.pack:
        return ()  # the view adds what each instrument is
    if says.pathway:
        return tuple(_levels(says.pathway))
    if says.texts:
        return tuple(_texts(says.texts))
    if says.form:
        return (_form(says.form),)
    if says.page_words:
        return (_page_words(says.page_words),)
    if says.content.kind == "page_words":
        return (Section("Words of the pages", (), (), note=NOT_WHOLE),)
    return tuple(section for one in says.instruments for section in _instrument(one))


def pack_section(
    pack: "Pack", names: dict[str, tuple[str, int]], whens: dict[str, str], whys: dict[str, str]
) -> Section:
    """What a pack asks, in order: `names` gives each instrument's name and number of questions."""
    rows = []
    for part, ask in pack.places():
        name, number = names.get(ask.instrument, (ask.instrument, 0))
        rows.append(
            (part.name, name, str(number), how_often(ask.every_days),
             whens.get(ask.instrument, ""), whys.get(ask.instrument, ""))
        )  # fmt: skip
    columns = ("Patient's word", "Asks", "Questions", "How often", "Only when", "Not ready yet")
    if not any(row[-1] for row in rows):
        columns, rows = columns[:-1], [row[:-1] for row in rows]
    who = "It asks who helps with the answers." if pack.asks_who_helps else ""
    note = (
        f"Beside a mood score stands: \u201cwhich {pack.illness_words} can also cause\u201d. {who}"
    )
    return Section("What is asked", columns, tuple(rows), note.strip())


def _levels(pathway: "Pathway") -> Iterator[Section]:
    for number, level in enumerate(pathway.levels, start=1):
        rows = tuple(
            (f"{step.verb_first}{step.text}", step.offer, step.within, step.responsible,
             step.source)
            for step in sorted(level.steps, key=lambda one: one.order)
        )  # fmt: skip
        yield Section(
            heading=f"{number}. When {_triggers(level)}",
            columns=("What is suggested", "Offer", "Within", "By whom", "Rests on"),
            rows=rows or (("Nothing follows, and none of the levels below.", "", "", "", ""),),
            note=SELF_HARM if any(t.flag and "q9" in t.flag for t in level.triggers) else "",
        )


def _triggers(level: "Level") -> str:
    return ", or ".join(_trigger(one) for one in level.triggers)


def _trigger(one: "Trigger") -> str:
    if one.score_from is not None:
        return f"{one.instrument} is {one.score_from} or more ({one.because})"
    if one.score_up_to is not None:
        return f"{one.instrument} is {one.score_up_to} or less ({one.because})"
    return f"{one.instrument}: {one.because}"


def _texts(texts: "PatientTexts") -> Iterator[Section]:
    for heading, page in (
        ("After an answer that needs a conversation", texts.calm),
        ("After \u201cI would rather not answer\u201d", texts.declined),
        ("When answers could not be sent", texts.not_sent),
    ):
        yield Section(
            f"{heading}: \u201c{page.heading}\u201d", ("The patient reads",), _lines(page)
        )
    yield Section(
        texts.numbers_heading,
        ("The patient reads", "Where this is written"),
        tuple((one.in_words, one.source) for one in texts.numbers),
        note=" ".join(texts.left_out),
    )


def _lines(page: "CalmPage") -> tuple[tuple[str, ...], ...]:
    buttons = [f"Button: {said}" for said in (page.talk_now, page.go_on) if said]
    return tuple((line,) for line in (*(one.text for one in page.lines), *buttons))


def _instrument(one: "Instrument") -> Iterator[Section]:
    rows = tuple(
        (
            str(number),
            item.text or item.topic,
            "; ".join(f"{o.label} = {o.value}" for o in item.options),
        )
        for number, item in enumerate(one.items, start=1)
    )
    language = one.language
    yield Section(f"Questions ({language})", ("", "Question", "Answers"), rows, note=one.stem)
    if one.alerts:
        yield Section(
            "Alerts",
            ("When", "What staff read", "How soon"),
            tuple((rule.flag, rule.words, rule.urgency) for rule in one.alerts),
        )


def _page_words(words: "PageWords") -> Section:
    return Section("Words of the pages", ("English", words.name), tuple(words.words.items()))


def _form(form: "Form") -> Section:
    rows = tuple(_form_row(item) for item in form.all_items[:MOST_ROWS])
    left = len(form.all_items) - len(rows)
    return Section(
        "Questions",
        ("", "Question", "Type", "Answers"),
        rows,
        note=f"{left} more are not shown here." if left > 0 else "",
    )


def _form_row(item: "FormItem") -> tuple[str, ...]:
    answers = "; ".join(option.label for option in item.options[:40])
    return (item.prefix or item.link_id, item.text, item.type, answers)
