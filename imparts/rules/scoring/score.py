"""Score: the front of scoring, from one person's answers to one result.

Example: score(phq9, {"q1": 1, "q2": 1, ...}) gives status, score, band, bounds, flags and what was
not answered. Answers that contradict an earlier one (units after "Never") do not count; answers
that the instrument does not have raise AnswerRefused, and an instrument whose table or formula
comes only with a licence raises ScoringRefused.
"""

from collections.abc import Collection, Mapping
from decimal import Decimal

from imparts.rules.instruments.answers import check_answers
from imparts.rules.instruments.branching import (
    Context,
    items_contradicted,
    items_not_applicable,
    items_to_ask,
)
from imparts.rules.instruments.definition import Instrument, Item, SubscaleRule
from imparts.rules.scoring.bands import band_for
from imparts.rules.scoring.best_of import best_of_total, joined_by_best
from imparts.rules.scoring.bounds import bounds, bounds_by
from imparts.rules.scoring.categories import category_of, profile_of
from imparts.rules.scoring.flags import Facts, flags_of
from imparts.rules.scoring.refused import check_can_be_scored
from imparts.rules.scoring.result import Score, Subscale
from imparts.rules.scoring.totals import (
    COMPLETE,
    INCOMPLETE,
    PRORATED,
    Method,
    Total,
    method_of,
    method_of_part,
    total,
)

Answers = Mapping[str, int | None]

NO_CONTEXT: Context = {}


def score(instrument: Instrument, answers: Answers, context: Context = NO_CONTEXT) -> Score:
    """Score one form; context holds facts such as periods_not_applicable."""
    check_can_be_scored(instrument)
    check_answers(instrument, answers)
    contradicted = items_contradicted(instrument, answers, context)
    counted = {
        name: value
        for name, value in answers.items()
        if value is not None and name not in contradicted
    }
    asked = items_to_ask(instrument, answers, context)
    form = _Form(instrument, answers, counted, asked, contradicted, context)
    if instrument.scoring.adds_up:
        return form.with_number()
    if instrument.scoring.method == "best_of_category":
        return form.with_best_of_category()
    return form.with_words()


class _Form:
    """One form while it is being scored."""

    def __init__(
        self,
        instrument: Instrument,
        answers: Answers,
        counted: Mapping[str, int],
        asked: Collection[Item],
        contradicted: frozenset[str],
        context: Context,
    ) -> None:
        self.instrument = instrument
        self.answers = answers
        self.counted = counted
        self.asked = asked
        self.scored = [item for item in asked if item.scored]
        self.contradicted = contradicted
        self.context = context
        self.subscales = tuple(self._subscale(rule) for rule in instrument.scoring.subscales)

    def with_number(self) -> Score:
        """A sum or a mean, or what a table makes of one, with its band and its bounds."""
        method = method_of(self.instrument.scoring)
        found = total(method, self.scored, self.counted)
        lower, upper = self._bounds(self.instrument.scored_items, method)
        return self._result(found, lower=lower, upper=upper)

    def with_best_of_category(self) -> Score:
        """The mean of the best of each category."""
        rule = self.instrument.scoring

        def joined(added: Mapping[str, int]) -> Decimal:
            return joined_by_best(rule, added)

        lower, upper = bounds_by(
            self.instrument, self.instrument.scored_items, self.answers, self.context,
            method=method_of(rule), joined=joined,
        )  # fmt: skip
        found = best_of_total(rule, self.scored, self.counted)
        return self._result(found, lower=lower, upper=upper)

    def with_words(self) -> Score:
        """A category, a profile, or several subscales without a total."""
        missing = tuple(item.id for item in self.scored if item.id not in self.counted)
        method = self.instrument.scoring.method
        if method == "subscales":
            status = _worst([subscale.status for subscale in self.subscales])
        else:
            status = INCOMPLETE if missing else COMPLETE
        return self._result(Total(status, None, len(self.scored), missing))

    def _result(
        self, found: Total, *, lower: Decimal | None = None, upper: Decimal | None = None
    ) -> Score:
        instrument = self.instrument
        facts = Facts(self.counted, self.contradicted, found.status, found.score, lower)
        return Score(
            instrument=instrument.id,
            version=instrument.version,
            status=found.status,
            score=found.score,
            out_of=self._out_of(),
            band_found=band_for(found.score, instrument.bands),
            category=category_of(instrument, self.counted),
            lower=lower,
            upper=upper,
            flags=flags_of(instrument, facts),
            missing=found.missing,
            answered=found.asked - len(found.missing),
            asked=found.asked,
            subscales=self.subscales,
            profile=profile_of(instrument, self.counted),
            decimals=instrument.scoring.decimals,
            bands=instrument.bands,
            cuts=tuple(cut.value for cut in instrument.cuts if not cut.of),
            direction=instrument.direction,
            reliable_change=instrument.reliable_change,
        )

    def _out_of(self) -> Decimal | None:
        """The greatest score of a person to whom everything that applies was asked."""
        rule = self.instrument.scoring
        if table := method_of(rule).table:
            return max(result for _, result in table.pairs)
        if rule.highest is None or rule.method != "sum":
            return rule.highest
        gone = items_not_applicable(self.instrument, self.context)
        lost = sum(self.instrument.by_id[name].highest for name in gone)
        return rule.highest - lost * rule.multiply_by

    def _bounds(self, items: Collection[Item], method: Method) -> tuple[Decimal, Decimal]:
        return bounds(self.instrument, items, self.answers, self.context, method)

    def _subscale(self, rule: SubscaleRule) -> Subscale:
        method = method_of_part(rule, self.instrument.scoring)
        asked = [item for item in self.asked if item.id in rule.items]
        found = total(method, asked, self.counted)
        lower, upper = self._bounds([self.instrument.by_id[name] for name in rule.items], method)
        return Subscale(
            name=rule.name,
            label=rule.label,
            status=found.status,
            score=found.score,
            band_found=band_for(found.score, rule.bands),
            lower=lower,
            upper=upper,
            decimals=rule.decimals,
        )


def _worst(statuses: list[str]) -> str:
    for status in (INCOMPLETE, PRORATED):
        if status in statuses:
            return status
    return COMPLETE
