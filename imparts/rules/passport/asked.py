"""What is asked of whom: the questions, their answers, languages and ways of answering."""

from collections import Counter

from imparts.rules.instruments.conditions import Condition
from imparts.rules.instruments.definition import Instrument, Item, Option
from imparts.rules.passport.definition import Block, Fact, Facts, Grid, Points, Section, Words
from imparts.rules.passport.marks import origin_of
from imparts.rules.passport.phrases import counted, listed, named, number, quoted, sentence

LANGUAGES = {"en-GB": "English", "cy": "Welsh", "cy-GB": "Welsh"}
Row = tuple[str, str, str, str]
UNSAID = "Not stated in the file."
NO_WORDING = "(wording not held here)"
HARM_LATER = (
    "Which of its questions ask about harm to self or others is not known until a licensed wording "
    "says so; that wording is refused unless it names them, each with its alerts."
)


def asked_of_whom(instrument: Instrument) -> Section:
    """Who may be asked, in which language and in which way."""
    rows = (
        Fact("Ages", ages(instrument), origin_of(instrument.who_source)),
        Fact("Answering for someone else", _by_proxy(instrument)),
        Fact("Language", _language(instrument)),
        Fact("Paper, tablet or at home", UNSAID),
        Fact("Time asked about", sentence(instrument.recall) or UNSAID),
    )
    return Section("who", "Who may be asked, and how", (Facts(rows),))


def ages(instrument: Instrument) -> str:
    """Such as "18 and over"."""
    youngest, oldest = instrument.youngest, instrument.oldest
    if youngest is None and oldest is None:
        return "No age limit is stated."
    if oldest is None:
        return f"{youngest} and over."
    return f"Up to {oldest}." if youngest is None else f"{youngest} to {oldest}."


def _by_proxy(instrument: Instrument) -> str:
    if instrument.by_proxy:
        return "Allowed: someone who knows the person may answer."
    return (
        "Not allowed: only the person can answer. Reading aloud, or tapping what the person says, "
        "is help and is allowed."
    )


def language_name(code: str) -> str:
    """English for en-GB; a language that has no name here keeps its code."""
    return LANGUAGES.get(code, code)


def _language(instrument: Instrument) -> str:
    name = language_name(instrument.language)
    if not instrument.has_wording:
        return "None yet: each language comes with a licensed wording."
    return (
        f"{name}. Another language is offered only in a named, dated, official translation that "
        "this site has loaded; a form never mixes two."
    )


def questions(instrument: Instrument) -> Section:
    """Every question with its answers and what each counts."""
    shared = _shared_options(instrument)
    blocks: list[Block] = []
    if not instrument.has_wording:
        blocks.append(
            Words(
                "The wording belongs to its holder and is not part of imparts. A site with a "
                "licence loads it; until then only the structure is here and nobody is asked."
            )
        )
    if instrument.stem:
        blocks.append(Words(f"Before the questions: {quoted(instrument.stem)}"))
    if any(_says_more(option) for option in shared):
        blocks.append(Words(f"Unless a question says otherwise, the answers are: {_set(shared)}."))
    rows = _joined([_question(item, shared) for item in instrument.items])
    blocks.append(Grid("Questions", ("Name", "Question", "Answers", "Counts"), rows))
    if told := _told_apart(instrument):
        blocks.append(Points(told))
    return Section("questions", "Questions", tuple(blocks))


def _joined(rows: list[Row]) -> tuple[Row, ...]:
    """Questions without wording that are alike share a row: q1 to q14."""
    found: list[tuple[list[str], Row]] = []
    for row in rows:
        if found and row[1] == NO_WORDING and found[-1][1][1:] == row[1:]:
            found[-1][0].append(row[0])
        else:
            found.append(([row[0]], row))
    return tuple((named(names), *row[1:]) for names, row in found)


def _shared_options(instrument: Instrument) -> tuple[Option, ...]:
    """The answers that most questions have, if more than one does."""
    counts = Counter(item.options for item in instrument.items if item.options)
    if not counts:
        return ()
    options, times = counts.most_common(1)[0]
    return options if times > 1 else ()


def _question(item: Item, shared: tuple[Option, ...]) -> Row:
    text = item.text or (f"About {item.topic}" if item.topic else NO_WORDING)
    if item.note:
        text = f"{text} ({item.note})"
    same = item.options == shared and not item.anchors and any(map(_says_more, shared))
    return item.id, text, "those above the table" if same else _answers(item), _counts(item)


def _answers(item: Item) -> str:
    if item.free_text:
        return "in the person's own words"
    anchors = "; ".join(f"{value} means {quoted(words)}" for value, words in item.anchors)
    made = _set(item.options)
    return f"{made}; {anchors}" if anchors else made


def _says_more(option: Option) -> bool:
    """Whether the label of an answer is more than its own number."""
    return bool(option.label or option.category) and option.label != str(option.value)


def _set(options: tuple[Option, ...]) -> str:
    if not any(_says_more(option) for option in options):
        return _numbers([option.value for option in options])
    return "; ".join(_option(option) for option in options)


def _numbers(values: list[int]) -> str:
    if len(values) > 2 and sorted(values) == list(range(min(values), max(values) + 1)):
        return f"{min(values)} to {max(values)}"
    return listed([str(value) for value in values], "or")


def _option(option: Option) -> str:
    made = f"{option.value} {option.label}".strip()
    return f"{made} (result: {option.category})" if option.category else made


def _counts(item: Item) -> str:
    if not item.scored:
        return "not counted"
    return "from the other end" if item.reverse else "yes"


def _told_apart(instrument: Instrument) -> tuple[Words, ...]:
    """What is particular about some questions: when they are asked, and what else they mean."""
    told = [
        Words(f"{item.id} is asked only if {condition_in_words(item.show_if)}.")
        for item in instrument.items
        if item.show_if
    ]
    free = [item.id for item in instrument.items if item.free_text]
    if free:
        told.append(Words(f"{named(free)}: the person may write; what is written is not scored."))
    for harm in instrument.harm_items:
        said = f"{harm.item} asks about {harm.about}; {harm.positive_from} or more means yes."
        told.append(Words(said, origin_of(harm.source)))
    if instrument.harm_items_come_with_pack:
        told.append(Words(HARM_LATER))
    return tuple(told)


def condition_in_words(condition: Condition) -> str:
    """Such as "any of q1 to q9 is 1 or more"."""
    which = named(condition.items, "or")
    subject = f"any of {which}" if len(condition.items) > 1 else which
    if condition.instrument:
        subject = f"{subject} of {condition.instrument}"
    if condition.at_least is not None:
        return f"{subject} is {condition.at_least} or more"
    return f"{subject} is {listed([number(one) for one in condition.one_of], 'or')}"


def how_many(instrument: Instrument) -> str:
    """Such as "9 questions and 1 more that does not count"."""
    scored = len(instrument.scored_items)
    others = len(instrument.items) - scored
    said = counted(scored, "question")
    return f"{said}, and {others} more not counted" if others else said
