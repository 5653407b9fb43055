"""Words of steps: what is said of a step in a draft that was said otherwise before."""

from collections.abc import Callable, Iterator

from imparts.rules.pathways.definition import Pathway, Step
from imparts.rules.pathways.options import code_in_words

_SAID: tuple[tuple[str, Callable[[Step], str]], ...] = (
    ("what to do", lambda step: f"{step.verb_first}{step.text}"),
    ("what is offered", lambda step: step.offer),
    ("where to", lambda step: ", ".join(map(code_in_words, step.options))),
    ("within", lambda step: step.within),
    ("who", lambda step: step.responsible),
    ("what kind of step it is", lambda step: code_in_words(step.kind)),
    ("answered before the session ends", lambda step: _yes(step.answer_before_end)),
    ("stands unless the person says no", lambda step: _yes(step.opt_out)),
    ("training", lambda step: step.training),
    ("what is asked", lambda step: ", ".join(step.asks)),
    ("what is recorded", lambda step: ", ".join(one.label for one in step.fields)),
    ("what can be recorded", lambda step: "; ".join(", ".join(f.choices) for f in step.fields)),
    ("to those in treatment", lambda step: _continued(step)),
    ("place in the list", lambda step: str(step.order)),
    ("source", lambda step: step.source),
)


def changed_words(live: Pathway, draft: Pathway) -> Iterator[str]:
    """Each thing that is said otherwise of a step that stays, and of the pathway itself."""
    if live.title != draft.title:
        yield f"The title is {quoted(draft.title)} instead of {quoted(live.title)}."
    if live.sources != draft.sources:
        yield "The sources that it names are not the same."
    for step in draft.steps:
        before = live.step(step.id)
        if before is None:
            continue
        for what, say in _SAID:
            if say(before) != say(step):
                was, now = say(before) or "nothing", say(step) or "nothing"
                yield (
                    f"{quoted(before.verb_first)}, {what}: {quoted(now)} instead of {quoted(was)}."
                )


def quoted(words: str) -> str:
    """Words of the file, between marks."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK}"


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"


def _continued(step: Step) -> str:
    return f"{step.continued.verb_first}{step.continued.text}" if step.continued else ""
