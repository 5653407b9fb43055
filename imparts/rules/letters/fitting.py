"""Fitting: what does not fit one page is left out by rule, and the letter says so.

The order is fixed: first the plot; then the last line of the longest list of what the record tells
in full (treatments, referrals, steps); then measures that are not the lead; then sentences of the
gist about them. What is asked of the reader, who it is about, the lead scores, questions about
harm, the agreement and the clinician's own words are never left out: then the letter is refused.
"""

from dataclasses import replace

from imparts.rules.letters.definition import LetterFacts, LetterRefused
from imparts.rules.letters.paper import fits

TOO_LONG = (
    "The letter does not fit one page even without what may be left out. Shorten what you wrote."
)


def fitted(facts: LetterFacts, *, kept_at: str) -> LetterFacts:
    """The letter on one page; raises LetterRefused when what must be said is too long."""
    left: list[str] = []
    page = facts
    while not fits(page):
        step = _next(page)
        if step is None:
            raise LetterRefused(TOO_LONG)
        shorter, what = step
        left.append(what)
        page = replace(shorter, left_out=_said(left, kept_at))
    return page


def _next(facts: LetterFacts) -> tuple[LetterFacts, str] | None:
    """The letter with one thing less, and what that was."""
    if facts.plot:
        return replace(facts, plot=""), "the plot"
    may = [at for at, one in enumerate(facts.sections) if one.may_shorten and one.lines]
    long = [at for at in may if len(facts.sections[at].lines) > 1]
    rest = [at for at, one in enumerate(facts.scores) if not one.leads]
    if long:
        return _without_line(facts, max(long, key=lambda at: len(facts.sections[at].lines)))
    if rest:
        scores = tuple(one for at, one in enumerate(facts.scores) if at != rest[-1])
        return replace(facts, scores=scores), "measure"
    if may:
        return _without_line(facts, may[-1])
    weak = [at for at, one in enumerate(facts.gist) if not one.strong]
    if weak:
        gist = tuple(one for at, one in enumerate(facts.gist) if at != weak[-1])
        return replace(facts, gist=gist), "sentence of the summary"
    return None


def _without_line(facts: LetterFacts, at: int) -> tuple[LetterFacts, str]:
    one = facts.sections[at]
    # A heading with nothing under it would say that there was nothing.
    shorter = [replace(one, lines=one.lines[:-1])] if len(one.lines) > 1 else []
    sections = (*facts.sections[:at], *shorter, *facts.sections[at + 1 :])
    return replace(facts, sections=sections), f"line of “{one.heading}”"


def _said(left: list[str], kept_at: str) -> str:
    """ "Left out to keep to one page: the plot, 2 measures. They stand in the record at ..."."""
    counted = {what: left.count(what) for what in left}
    said = [what if what == "the plot" else _many(what, n) for what, n in counted.items()]
    return (
        f"Left out to keep to one page: {', '.join(said)}. All of it is in the record at {kept_at}."
    )


def _many(what: str, number: int) -> str:
    noun, _, rest = what.partition(" ")
    return f"{number} {noun}{'' if number == 1 else 's'}{' ' + rest if rest else ''}"
