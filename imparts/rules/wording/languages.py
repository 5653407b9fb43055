"""Language tags: which of the languages that are there is the one that was asked for."""

from collections.abc import Iterable

_SCRIPT = 4


def best_of(wanted: str, there: Iterable[str]) -> str | None:
    """The language that was asked for, among those that are there; None when it is not.

    "en" takes "en-GB", and "en-GB" takes "en"; one country's or one script's version never stands
    in for another's: "pt-BR" is not "pt-PT", and "pa" alone is not "pa-Arab", which is Punjabi in
    letters that not every reader of "pa" knows.
    """
    tags = tuple(there)
    if wanted in tags:
        return wanted
    asked = wanted.lower()
    return next((tag for tag in tags if _is_same(asked, tag.lower())), None)


def _is_same(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if one == other:
        return True
    return longer.startswith(f"{shorter}-") and not _names_a_script(longer[len(shorter) + 1 :])


def _names_a_script(more: str) -> bool:
    """Scripts have four letters ("Arab"), countries two letters or three digits."""
    return any(len(part) == _SCRIPT and part.isalpha() for part in more.split("-"))


def primary(tag: str) -> str:
    """The language without country and script: "en" of "en-GB"."""
    return tag.split("-")[0].lower()
