"""The best of each category, as FHIRPath (HAQ-DI): its highest answer, raised by an aid to two."""

from collections.abc import Sequence

from imparts.gateway.fhir.adding import Added, added
from imparts.gateway.fhir.applies import Applying
from imparts.gateway.fhir.paths import first_that_holds, joined
from imparts.rules.instruments.conditions import Condition
from imparts.rules.instruments.definition import Instrument
from imparts.rules.instruments.scoring_definition import BestOf
from imparts.rules.scoring.best_of import RAISED_TO
from imparts.rules.scoring.totals import contribution


def best_of_each(instrument: Instrument, applying: Applying) -> Added:
    """The sum of the categories' results, once all of their questions are answered."""
    groups = instrument.scoring.groups
    everything = added(applying, instrument.scored_items, contribution)
    return Added(
        everything.is_complete,
        joined([_best(instrument, applying, group) for group in groups], "+"),
        str(len(groups)),
    )


def _best(instrument: Instrument, applying: Applying, group: BestOf) -> str:
    values = {option.value for name in group.items for option in instrument.by_id[name].options}
    cases = [
        (_any_is(applying, group.items, Condition(group.items, one_of=(value,))), value)
        for value in sorted(values, reverse=True)
    ]
    if group.aids:
        in_use = (_any_is(applying, group.aids, Condition(group.aids, at_least=1)), RAISED_TO)
        cases.insert(sum(value >= RAISED_TO for _, value in cases), in_use)
    return first_that_holds([(condition, str(value)) for condition, value in cases])


def _any_is(applying: Applying, names: Sequence[str], condition: Condition) -> str:
    return joined([applying.answered(name, condition) for name in names], "or")
