"""Language tags: which of the languages that are there is the one that was asked for."""

from collections.abc import Iterable


def best_of(wanted: str, there: Iterable[str]) -> str | None:
    """The language that was asked for, among those that are there; None when it is not.

    "en" takes "en-GB", and "en-GB" takes "en"; one country's or one script's version never stands
    in for another's: "pt-BR" is not "pt-PT".
    """
    tags = tuple(there)
    if wanted in tags:
        return wanted
    asked = wanted.lower()
    return next((tag for tag in tags if _is_same(asked, tag.lower())), None)


def _is_same(one: str, other: str) -> bool:
    return one == other or other.startswith(f"{one}-") or one.startswith(f"{other}-")


def primary(tag: str) -> str:
    """The language without country and script: "en" of "en-GB"."""
    return tag.split("-")[0].lower()
