"""Flags in words: when each mark of a result is set, exactly as rules.scoring.flags decides it."""

from collections.abc import Callable

from imparts.rules.instruments.definition import Flag, Instrument
from imparts.rules.passport.phrases import counted, listed, named, number, quoted
from imparts.rules.scoring.flags import (
    PCL5_CLUSTERS,
    PCL5_SYMPTOM,
    PHQ9_CORE,
    PHQ9_ITEM9_SYMPTOM,
    PHQ9_SYMPTOM,
)


def flag_in_words(instrument: Instrument, flag: Flag) -> str:
    """The rule of one flag as a phrase that can follow "when"."""
    return IN_WORDS[flag.type](instrument, flag)


def _score_gte(instrument: Instrument, flag: Flag) -> str:
    return (
        f"the score is {number(flag.value)} or more; without a score, "
        "when the least that is still possible is"
    )


def _item_gte(instrument: Instrument, flag: Flag) -> str:
    item = instrument.by_id[flag.item or ""]
    least = flag.value or 0
    labels = [quoted(o.label) for o in item.options if o.value >= least and o.label]
    is_long = len(labels) > 4 or not labels
    said = "" if is_long else f", that is {listed(labels, 'or')}"
    return f"{flag.item} is answered {number(flag.value)} or more{said}"


def _item_missing(instrument: Instrument, flag: Flag) -> str:
    return f"{flag.item} applies and was not answered"


def _subset_sum_gte(instrument: Instrument, flag: Flag) -> str:
    return (
        f"{' + '.join(flag.items)} is {number(flag.value)} or more, "
        "an unanswered question counting as little as it can"
    )


def _count_items_gte(instrument: Instrument, flag: Flag) -> str:
    among = f"of {named(flag.items)} " if flag.items else ""
    many = counted(flag.count or 0, "question")
    are = "is" if flag.count == 1 else "are"
    return f"at least {many} {among}{are} answered {number(flag.item_value)} or more"


def _phq9_algorithm(instrument: Instrument, flag: Flag) -> str:
    return (
        f"the form is complete, at least one of {named(PHQ9_CORE)} counts as a symptom, and "
        f"{flag.least} to {flag.most} of q1 to q9 do; a question counts as a symptom from "
        f"{PHQ9_SYMPTOM}, q9 from {PHQ9_ITEM9_SYMPTOM}"
    )


def _dsm5_pcl5(instrument: Instrument, flag: Flag) -> str:
    clusters = [
        f"{wanted} of q{numbers.start} to q{numbers.stop - 1}" for numbers, wanted in PCL5_CLUSTERS
    ]
    return (
        f"the form is complete and at least {listed(clusters)} are answered {PCL5_SYMPTOM} or more"
    )


IN_WORDS: dict[str, Callable[[Instrument, Flag], str]] = {
    "score_gte": _score_gte,
    "item_gte": _item_gte,
    "item_missing": _item_missing,
    "subset_sum_gte": _subset_sum_gte,
    "count_items_gte": _count_items_gte,
    "phq9_algorithm": _phq9_algorithm,
    "dsm5_pcl5": _dsm5_pcl5,
}
