"""What a signature confirms: rules from general knowledge, and which questions ask about harm.

A signer reads each line before signing, and the signature keeps them as they were read.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from imparts.library.models import ContentVersion
from imparts.library.queries import reading
from imparts.library.queries.standing import harm_review_of
from imparts.rules.forms.answer_names import words_of
from imparts.rules.forms.definition import FormItem
from imparts.rules.instruments.definition import HarmItem, Instrument
from imparts.rules.instruments.unverified import MARKS, unverified

Kind = ContentVersion.Kind


def unverified_in(content_id: int) -> tuple[str, ...]:
    """Each rule of a version that stands there from general knowledge, in the words of its file."""
    kind = ContentVersion.objects.values_list("kind", flat=True).get(pk=content_id)
    if kind in (Kind.INSTRUMENT, Kind.WORDING):
        return unverified(reading.instrument_of(content_id))
    return tuple(f"{what}: {said}" for what, said in _sources(kind, content_id) if _is_marked(said))


def to_confirm(content_id: int) -> tuple[str, ...]:
    """Every line that a signer of a version stands for, beside the version itself."""
    return (*_about_harm(content_id), *unverified_in(content_id))


def mark_of(lines: Iterable[str]) -> str:
    """A mark of the lines that a signer was shown, to compare at the moment of signing.

    The version itself never changes, so one without lines has no mark.
    """
    said = "\n".join(lines)
    return hashlib.sha256(said.encode()).hexdigest() if said else ""


def _sources(kind: str, content_id: int) -> Iterator[tuple[str, str]]:
    """Where the rules of a pack, a pathway or a text for patients come from, each by what it is."""
    if kind == Kind.PACK:
        yield from _named("Source", reading.pack_of(content_id).sources)
    elif kind == Kind.PATHWAY:
        pathway = reading.pathway_of(content_id)
        yield from _named("Source", pathway.sources)
        yield from ((f"Step {step.id}", step.source) for step in pathway.steps)
    elif kind == Kind.PATIENT_TEXT:
        texts = reading.patient_texts_of(content_id)
        yield from _named("Source", texts.sources)
        yield from ((f"{one.who} {one.number}", one.source) for one in texts.numbers)


def _named(name: str, said: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((name, one) for one in said)


def _is_marked(said: str) -> bool:
    return any(mark in said for mark in MARKS)


def _about_harm(content_id: int) -> tuple[str, ...]:
    """Which questions ask about harm, and what is heard of: as the file or as a person says."""
    kind = ContentVersion.objects.values_list("kind", flat=True).get(pk=content_id)
    if kind in (Kind.INSTRUMENT, Kind.WORDING):
        instrument = reading.instrument_of(content_id)
        lines = tuple(_harm_line(instrument, one) for one in instrument.harm_items)
        return (*lines, *_said_not_to(kind, content_id))
    review = harm_review_of(content_id)
    if review is None:
        return ()
    form = reading.form_of(content_id)
    return tuple(_review_line(one, form.by_id[one["item"]], review.by) for one in review.items)


def _said_not_to(kind: str, content_id: int) -> tuple[str, ...]:
    """Questions that sound as if they asked about harm, and of which a wording pack says no."""
    if kind != Kind.WORDING:
        return ()
    names = reading.wording_of(content_id).additions.not_about_harm
    return tuple(f"{name} does not ask about harm, says whoever made this pack." for name in names)


def _harm_line(instrument: Instrument, one: HarmItem) -> str:
    first = instrument.by_id[one.item].label(one.positive_from)
    words = f" ({first})" if first != str(one.positive_from) else ""
    return (
        f"{one.item} asks about harm ({one.about}): an alert from {one.positive_from}{words} up, "
        "and when it is not answered."
    )


def _review_line(one: Mapping[str, Any], item: FormItem, by: str) -> str:
    """A threshold that nobody reads is a threshold that nobody checks: it is part of the line."""
    if not one["asks_about_harm"]:
        return f"{one['item']} does not ask about harm, confirmed by {by}."
    return (
        f"{one['item']} asks about harm, confirmed by {by}: an alert {_when(one['positive'], item)}"
        f", and when it is declined: {one['words']}"
    )


def _when(positive: Mapping[str, Any], item: FormItem) -> str:
    if "is_at_least" in positive:
        return f"from {positive['is_at_least']} up"
    if "is_one_of" not in positive:
        return "after any answer"
    return "after " + " or ".join(words_of(item, one) for one in positive["is_one_of"])
