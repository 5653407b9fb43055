"""Paths: pieces of FHIRPath, written so that any engine understands them.

Only functions of the FHIRPath standard are used, and everything is read from the response alone:
what an answer counts stands in the expression, so that no engine needs the questionnaire, a
terminology server or the functions weight() and ordinal() that SDC adds.
"""

from collections.abc import Iterable, Sequence

NOTHING = "{}"


def quoted(text: str) -> str:
    """A text inside an expression."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def among(texts: Iterable[str]) -> str:
    """Several texts to look for."""
    return "(" + " | ".join(quoted(text) for text in texts) + ")"


def answers_to(items: Sequence[str]) -> str:
    """The answers given to some items; one that was declined has no value and is not among them."""
    named = f"= {quoted(items[0])}" if len(items) == 1 else f"in {among(items)}"
    return f"%resource.item.where(linkId {named}).answer.value"


def if_else(condition: str, then: str, otherwise: str) -> str:
    """One thing or another; a condition that is empty counts as not met."""
    return f"iif({condition}, {then}, {otherwise})"


def first_that_holds(cases: Sequence[tuple[str, str]], otherwise: str = NOTHING) -> str:
    """The result of the first condition that holds."""
    said = otherwise
    for condition, result in reversed(cases):
        said = if_else(condition, result, said)
    return said


def joined(parts: Sequence[str], sign: str) -> str:
    """Several parts with a sign between them, in brackets where there are more than one."""
    return parts[0] if len(parts) == 1 else "(" + f" {sign} ".join(parts) + ")"
