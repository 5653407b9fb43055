"""References within a transaction: which entry needs which, and what each came to be called."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from imparts.gateway.fhir_server.problems import Issue, Problem


def named_in(part: Any) -> Iterator[str]:
    """Every text in a resource that could be another entry's address."""
    if isinstance(part, dict):
        for name, inner in part.items():
            if isinstance(inner, str):
                if name == "reference" or inner.startswith("urn:uuid:"):
                    yield inner
            else:
                yield from named_in(inner)
    elif isinstance(part, list):
        for inner in part:
            if isinstance(inner, str) and inner.startswith("urn:uuid:"):
                yield inner
            else:
                yield from named_in(inner)


def in_order(entries: Sequence[tuple[int, str, Any]]) -> list[int]:
    """The places of entries so that each comes after those to which it refers.

    Each entry is its place, its fullUrl and its resource. Two that need each other are refused:
    nothing here is stored in halves.
    """
    by_url = {url: place for place, url, _ in entries if url}
    needs = {
        place: {by_url[name] for name in named_in(resource) if by_url.get(name, place) != place}
        for place, _, resource in entries
    }
    ordered: list[int] = []
    while len(ordered) < len(needs):
        ready = [place for place in needs if place not in ordered and needs[place] <= set(ordered)]
        if not ready:
            stuck = next(place for place in needs if place not in ordered)
            words = "These entries refer to each other in a circle, so none can be stored first."
            raise Problem(422, Issue("business-rule", words, f"Bundle.entry[{stuck}]"))
        ordered += ready
    return ordered


def resolved(part: Any, names: Mapping[str, str], asks: Callable[[str], str]) -> Any:
    """A resource with other entries' addresses replaced by what they came to be called.

    `asks` turns a conditional reference ("Patient?identifier=...") into a plain one.
    """
    if isinstance(part, dict):
        return {
            name: _name(name, inner, names, asks)
            if isinstance(inner, str)
            else resolved(inner, names, asks)
            for name, inner in part.items()
        }
    if isinstance(part, list):
        return [
            names.get(inner, inner) if isinstance(inner, str) else resolved(inner, names, asks)
            for inner in part
        ]
    return part


def _name(name: str, text: str, names: Mapping[str, str], asks: Callable[[str], str]) -> str:
    if name == "reference":
        if text in names:
            return names[text]
        return asks(text) if "?" in text else text
    return names.get(text, text) if text.startswith("urn:uuid:") else text
