"""How answers become a result: the section that says it in words, as a formula and as tables."""

from dataclasses import replace

from imparts.rules.instruments.definition import Instrument
from imparts.rules.instruments.scoring_definition import LookUp, SkipRule, SubscaleRule
from imparts.rules.passport.asked import condition_in_words
from imparts.rules.passport.definition import Block, Formula, Grid, Points, Section, Words
from imparts.rules.passport.formulas import subscale_formula
from imparts.rules.passport.marks import UNSTATED, mark_of, origin_of
from imparts.rules.passport.methods import told
from imparts.rules.passport.phrases import counted, named, number, quoted, sentence
from imparts.rules.scoring.totals import method_of_part

NEEDS = {
    "table": "its published table from raw sums to scores",
    "formula": "its formula",
    "subscales": "the lists of questions that make up its parts",
    "categories": "the lists of questions that make up its categories",
    "decision_table": "its decision table",
    "reversed_items": "the list of its questions that count from the other end",
}


def scored(instrument: Instrument) -> Section:
    """The whole section: words, formula, reversed items, what is left out, parts, tables."""
    rule = instrument.scoring
    method = told(instrument)
    blocks: list[Block] = [Words(method.words)]
    if rule.needs and rule.method != "licensor":
        what = NEEDS.get(rule.needs, rule.needs)
        blocks.append(Words(f"It cannot be scored yet: {what} must come with a licensed wording."))
    if method.lines:
        blocks.append(Formula(method.lines))
    blocks += _parts(instrument)
    blocks += [_look_up(table) for table in rule.tables]
    blocks += _decisions(instrument)
    if more := _more(instrument):
        blocks.append(Points(more))
    return Section("scoring", "How it is scored", tuple(blocks))


def _more(instrument: Instrument) -> tuple[Words, ...]:
    made = [
        *_reversed(instrument),
        *(Words(skip_in_words(rule)) for rule in instrument.scoring.skips),
        *_recoded(instrument),
    ]
    if instrument.scoring.note:
        note = f"Note in the file: {sentence(instrument.scoring.note)}"
        made.append(Words(note, _mark_of_note(instrument)))
    if instrument.values_status:
        made.append(
            Words("Questions, their values and the range", origin_of(instrument.values_status))
        )
    return tuple(made)


def _mark_of_note(instrument: Instrument) -> str:
    """A note says in its own words where it comes from; the mark alone is added."""
    mark = mark_of(instrument.scoring.note)
    return "" if mark == UNSTATED else mark


def _reversed(instrument: Instrument) -> tuple[Words, ...]:
    """Which items count from the other end, with an example of one."""
    items = [item for item in instrument.scored_items if item.reverse]
    if not items:
        return ()
    one = items[0]
    counts = "count" if len(items) > 1 else "counts"
    return (
        Words(
            f"{named([item.id for item in items])} {counts} from the other end: in {one.id} an "
            f"answer of {one.lowest} counts {one.highest}, and one of {one.highest} counts "
            f"{one.lowest}."
        ),
    )


def skip_in_words(rule: SkipRule) -> str:
    """Which items do not apply, and when."""
    gone = named(rule.skips)
    do = "do" if len(rule.skips) > 1 else "does"
    if rule.rule == "if_true":
        what = (rule.when_context or "").replace("_", " ")
        return (
            f"{gone} {do} not apply when it is known that {quoted(what)}; the highest possible "
            "score falls with it. That is not a missing answer."
        )
    if rule.rule == "if_sum_zero":
        return f"{gone} {do} not apply if {' + '.join(rule.when_items)} is 0, and count 0 then."
    asked = named(rule.when_items)
    are = "are all" if len(rule.when_items) > 1 else "is"
    return f"{gone} {do} not apply if {asked} {are} 0, and count 0 then."


def _recoded(instrument: Instrument) -> list[Words]:
    return [
        Words(
            f"For {part.label} an answer counts otherwise: "
            f"{', '.join(f'{answer} counts {counts}' for answer, counts in part.recoded)}."
        )
        for part in instrument.scoring.subscales
        if part.recoded
    ]


def _parts(instrument: Instrument) -> list[Block]:
    """The parts with a score of their own: formula, range, missing answers."""
    parts = instrument.scoring.subscales
    if not parts:
        return []
    formulas = Formula(tuple(subscale_formula(instrument, part) for part in parts))
    heads = ("Part", "Name", "Range", "May be missing")
    rows = tuple(
        (part.label, part.name, _range(instrument, part), _may_be_missing(part)) for part in parts
    )
    return [formulas, Grid("Parts with a score of their own", heads, rows)]


def _range(instrument: Instrument, part: SubscaleRule) -> str:
    """The least and the greatest that the part can be, before any table."""
    method = replace(method_of_part(part, instrument.scoring), table=None)
    spans = [method.span(instrument.by_id[name]) for name in part.items]
    low, high = (method.joined(ends) for ends in zip(*spans, strict=True))
    return f"{number(low)} to {number(high)}"


def _may_be_missing(part: SubscaleRule) -> str:
    return counted(part.may_be_missing, "answer") if part.may_be_missing else "none"


def _look_up(table: LookUp) -> Block:
    rows = tuple((str(raw), number(result)) for raw, result in table.pairs)
    return Grid(f"Table {table.name}", (f"Raw sum ({table.name})", "Score"), rows)


def _decisions(instrument: Instrument) -> list[Block]:
    decisions = instrument.scoring.decisions
    if not decisions:
        return []
    labels = {one.code: one.label for one in instrument.categories}
    rows = tuple(
        (
            " and ".join(condition_in_words(one) for one in decision.when) or "otherwise",
            f"{labels.get(decision.category, decision.category)} ({decision.category})",
        )
        for decision in decisions
    )
    return [Grid("Decision table", ("If", "The result is"), rows)]
