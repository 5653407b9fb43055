"""Recommending: the scores of one visit in, the steps of a pathway out, each with its reason.

The first level, from the highest down, of which any trigger is met is followed. A level that hangs
on something unknown of the person gives its safety steps only, and takes nothing from the levels
below it: no treatment follows from what is not known, and no safety step is lost by it (H1).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from imparts.rules.pathways.context import (
    NOTHING_KNOWN,
    ScoreSeen,
    VisitContext,
    holds,
    seen,
    unknown_in,
)
from imparts.rules.pathways.definition import Level, Pathway, Recommendation, Step, Trigger
from imparts.rules.pathways.options import code_in_words
from imparts.rules.pathways.triggers import because, met_among
from imparts.rules.scoring.result import Score

NO_NAMES: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Followed:
    """A level that a visit leads to, and why; with something unknown, only its safety steps."""

    level: Level
    met: tuple[Trigger, ...]
    unknown: tuple[str, ...] = ()

    @property
    def steps(self) -> Sequence[Step]:
        """The steps that follow from it."""
        if not self.unknown:
            return self.level.steps
        return [step for step in self.level.steps if step.is_safety]


def followed(
    pathway: Pathway, scores: Mapping[str, ScoreSeen], context: VisitContext
) -> tuple[Followed, ...]:
    """The levels that a visit leads to: those that hang on something unknown, then the one met."""
    found: list[Followed] = []
    for level in pathway.levels:
        is_for = holds(level.only_when, context)
        if is_for is False:
            continue
        met = met_among(level.triggers, scores, context)
        if not met:
            continue
        if is_for or level.only_when is None:
            found.append(Followed(level, met))
            break
        found.append(Followed(level, met, unknown_in(level.only_when, context)))
    return tuple(found)


def treated_with(step: Step, context: VisitContext) -> tuple[str, ...]:
    """The options of a step with which the person is in treatment, where the file looks at it."""
    if step.continued is None or not context.in_treatment:
        return ()
    return tuple(option for option in step.options if option in context.in_treatment)


def recommend(
    pathway: Pathway,
    scores: Mapping[str, Score] | Mapping[str, ScoreSeen],
    context: VisitContext = NOTHING_KNOWN,
    *,
    names: Mapping[str, str] = NO_NAMES,
) -> tuple[Recommendation, ...]:
    """The steps that follow from one visit, most pressing first; none is a good answer too.

    `names` are those of the options inside a sentence, for whoever is in treatment with one.
    """
    looked_at = {
        key: seen(score) if isinstance(score, Score) else score for key, score in scores.items()
    }
    levels = followed(pathway, looked_at, context)
    left_out = tuple(dict.fromkeys(words for one in levels for words in one.unknown))
    made = [
        _recommendation(pathway, one.level, step, _reason(one, looked_at, context, left_out),
                        treated_with(step, context), names)
        for one in levels
        for step in one.steps
    ]  # fmt: skip
    return tuple(sorted(made, key=lambda one: one.order))


def _recommendation(
    pathway: Pathway,
    level: Level,
    step: Step,
    reason: str,
    treated: tuple[str, ...],
    names: Mapping[str, str],
) -> Recommendation:
    goes_on = step.continued if treated else None
    verb_first = step.verb_first
    if goes_on is not None:
        said = " and ".join(names.get(one, code_in_words(one)) for one in treated)
        verb_first = goes_on.verb_first.replace("{option}", said)
    return Recommendation(
        step_id=step.id,
        verb_first=verb_first,
        text=goes_on.text if goes_on else step.text,
        reason=reason,
        offer=step.offer,
        within=step.within,
        responsible=step.responsible,
        source=step.source,
        pathway_id=pathway.id,
        pathway_version=pathway.version,
        order=step.order,
        kind="review" if goes_on else step.kind,
        options=treated or step.options,
        answer_before_end=step.answer_before_end,
        opt_out=step.opt_out and goes_on is None,
        training=step.training,
        asks=step.asks,
        fields=() if goes_on else step.fields,
        level=level.code,
    )


def _reason(
    one: Followed,
    scores: Mapping[str, ScoreSeen],
    context: VisitContext,
    left_out: tuple[str, ...],
) -> str:
    said = [because(trigger, scores[trigger.instrument], context) for trigger in one.met]
    reason = f"Because {' and '.join(dict.fromkeys(said))}."
    if one.unknown:
        return f"{reason} Not known: {', '.join(one.unknown)}; only this was kept."
    if left_out:
        return f"{reason} Not known: {', '.join(left_out)}; what hangs on it was left out."
    return reason
