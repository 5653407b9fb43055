"""What happens when answers are missing: in words, as a formula, and in the file's own words."""

from imparts.rules.instruments.definition import Instrument
from imparts.rules.instruments.scoring_definition import ScoringRule
from imparts.rules.passport.definition import Block, Formula, Section, Words
from imparts.rules.passport.formulas import rounding
from imparts.rules.passport.marks import origin_of
from imparts.rules.passport.phrases import TIMES, sentence

BOUNDS = (
    "Of every form the least and the greatest score that are still possible are worked out: an "
    "unanswered question counts as little, and as much, as it can."
)


def missing(instrument: Instrument) -> Section:
    """The whole section."""
    rule = instrument.scoring
    blocks: list[Block] = [Words(_in_words(instrument))]
    if lines := _formula(instrument):
        blocks.append(Formula(lines))
    if rule.adds_up:
        blocks.append(Words(BOUNDS))
    own = f"In the file's words: {sentence(rule.missing_rule)}"
    blocks.append(Words(own, origin_of(rule.missing_status)))
    return Section("missing", "When answers are missing", tuple(blocks))


def _in_words(instrument: Instrument) -> str:
    rule = instrument.scoring
    if rule.method == "subscales" and not rule.subscales:
        return "How many answers of a part may be missing comes with the parts."
    if rule.method == "subscales":
        return (
            "Each part has its own allowance, in the table above. Within it the part is an "
            "estimate; beyond it the part has no score. A missing answer is never counted as zero."
        )
    if not rule.adds_up:
        return "A missing answer is never counted as zero; what rests on it has no result."
    if rule.missing_counts_as_zero:
        one = rule.missing_counts_as_zero == 1
        many = (
            "One missing answer" if one else f"Up to {rule.missing_counts_as_zero} missing answers"
        )
        counts = "counts" if one else "count"
        return f"{many} {counts} as 0, as this instrument's own rule says; with more, no score."
    most = rule.may_be_missing
    if not most:
        return "Every question that applies must be answered; else there is no score."
    return (
        f"{_up_to(most)} may be missing. The score is then an estimate, shown as "
        f"“estimated”. With {most + 1} or more missing there is no score. A missing answer is "
        "never counted as zero."
    )


def _up_to(most: int) -> str:
    return "One answer" if most == 1 else f"Up to {most} answers"


def may_be_estimated(instrument: Instrument) -> bool:
    """Whether a form with answers missing can have a score at all."""
    rule = instrument.scoring
    parts = any(part.may_be_missing for part in rule.subscales)
    return parts or (rule.adds_up and rule.may_be_missing > 0)


def _formula(instrument: Instrument) -> tuple[str, ...]:
    rule = instrument.scoring
    most, items = rule.may_be_missing, len(instrument.scored_items)
    if not rule.adds_up or not most:
        return ()
    which = {1: "1 answer is", 2: "1 or 2 answers are"}.get(most, f"1 to {most} answers are")
    lines = [f"if {which} missing: {_scaled(rule, items)}"]
    if rule.least_answered is not None:
        lines.append(f"fewer than {rule.least_answered} of {items} answered: no score")
    else:
        lines.append(f"if {most + 1} or more are missing: no score")
    return tuple(lines)


def _scaled(rule: ScoringRule, items: int) -> str:
    if rule.method == "mean":
        return f"score = average of the answers given{rounding(rule.decimals, needed=True)}"
    times = "" if rule.multiply_by == 1 else f" {TIMES} {rule.multiply_by}"
    whole = "number of questions that apply" if rule.skips else items
    full = f"sum of the answers given {TIMES} {whole} ÷ number of answers given{times}"
    name = "raw" if rule.method == "table" else "total"
    return f"{name} = {full}{rounding(rule.decimals, needed=True)}"
