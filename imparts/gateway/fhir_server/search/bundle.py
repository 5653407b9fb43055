"""The Bundle that a search is answered with: a page, what goes with it, and where the next is."""

from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from imparts.gateway.fhir.patient import instant
from imparts.gateway.fhir_server.problems import Issue, outcome
from imparts.gateway.fhir_server.registry import Json, Reader, kinds_of
from imparts.gateway.fhir_server.search.asked import Search, read_search
from imparts.gateway.fhir_server.search.cursors import opened, sealed
from imparts.gateway.fhir_server.search.including import Shown, included, rendered
from imparts.gateway.fhir_server.search.matching import matching, naming
from imparts.gateway.fhir_server.search.paging import After, Hit, after_of, of_hit, page

MOST_ESTIMATED = 10_000
_ALWAYS = frozenset({"resourceType", "id", "meta", "status", "subject", "intent", "code"})
_SUBSETTED = {
    "system": "http://terminology.hl7.org/CodeSystem/v3-ObservationValue",
    "code": "SUBSETTED",
}


class Found:
    """A search that was carried out."""

    def __init__(self, search: Search, reader: Reader, base: str, after: After | None) -> None:
        reader = naming(search, reader)
        self.search, self.reader, self.base, self.after = search, reader, base, after
        self.as_of: datetime = after.as_of if after else reader.at
        self.kinds = [(kind, matching(kind, search, reader)) for kind in kinds_of(search.type)]
        self.people: set[UUID | None] = set()

    def bundle(self) -> Json:
        """The Bundle of type searchset."""
        counts_only = self.search.summary == "count" or self.search.count == 0
        hits = [] if counts_only else self._hits()
        has_more = len(hits) > self.search.count
        hits = hits[: self.search.count]
        matches = self._shown(hits)
        also, is_cut = included(self.search, matches, self.reader)
        self.people = {each.person for each in (*matches, *also)}
        made: Json = {
            "resourceType": "Bundle",
            "type": "searchset",
            "meta": {"lastUpdated": instant(self.as_of)},
            "link": self._links(hits[-1] if has_more else None),
        }
        if counts_only or self.search.total != "none":
            made["total"] = self._total(is_exact=counts_only or self.search.total == "accurate")
        entries = [self._entry(each, "match") for each in matches]
        entries += [self._entry(each, "include") for each in also]
        entries += self._remarks(is_cut)
        return made | ({"entry": entries} if entries else {})

    def _hits(self) -> list[Hit]:
        return page(
            self.kinds, self.search.sort, count=self.search.count, after=self.after,
            as_of=self.as_of,
        )  # fmt: skip

    def _shown(self, hits: list[Hit]) -> list[Shown]:
        """The hits as resources, rendered kind by kind and put back into their order."""
        made: dict[int, Shown] = {}
        for place, (kind, _) in enumerate(self.kinds):
            numbers = [number for number, hit in enumerate(hits) if hit.kind == place]
            of_kind = rendered(kind, [hits[number].row for number in numbers], self.reader)
            made |= dict(zip(numbers, of_kind, strict=True))
        return [made[number] for number in range(len(hits))]

    def _total(self, *, is_exact: bool) -> int:
        rows = [
            each.filter(**{f"{kind.made}__lte": self.as_of}) if kind.made else each
            for kind, each in self.kinds
        ]
        if is_exact:
            return sum(each.order_by().count() for each in rows)
        return sum(each.order_by()[:MOST_ESTIMATED].count() for each in rows)

    def _links(self, last: Hit | None) -> list[Json]:
        own = f"{self.base}/{self.search.type}"
        query = urlencode(self.search.used, quote_via=quote, safe=":|,/$")
        links = [{"relation": "self", "url": f"{own}?{query}" if query else own}]
        if last is not None:
            said = {"q": self.search.used, **of_hit(last, self.as_of)}
            token = sealed(said, self.reader)
            links.append({"relation": "next", "url": f"{own}?_page={token}"})
        return links

    def _entry(self, shown: Shown, mode: str) -> Json:
        resource = shown.resource
        if self.search.elements and mode == "match":
            resource = subset(resource, self.search.elements)
        return {
            "fullUrl": f"{self.base}/{shown.name}",
            "resource": resource,
            "search": {"mode": mode},
        }

    def _remarks(self, is_cut: bool) -> list[Json]:
        said = [Issue("not-supported", words, severity="warning") for words in self.search.ignored]
        if is_cut:
            words = "Not everything that goes with this page is here: ask for fewer on a page."
            said.append(Issue("incomplete", words, severity="warning"))
        return [{"resource": outcome(said), "search": {"mode": "outcome"}}] if said else []


def subset(resource: Json, elements: tuple[str, ...]) -> Json:
    """A resource with some of its elements, and a mark that it is not whole."""
    kept = {
        name: part
        for name, part in resource.items()
        if name in _ALWAYS or name.removeprefix("_") in elements
    }
    meta = resource.get("meta", {})
    return kept | {"meta": meta | {"tag": [*meta.get("tag", ()), _SUBSETTED]}}


def carried_out(
    type_name: str,
    query: list[tuple[str, str]],
    reader: Reader,
    base: str,
    *,
    is_strict: bool,
) -> Found:
    """A search by its parameters, or a further page of one by its cursor."""
    pages = [value for name, value in query if name == "_page"]
    if not pages:
        search = read_search(type_name, query, is_strict=is_strict)
        return Found(search, reader, base, None)
    said: dict[str, Any] = opened(pages[0], reader)
    used = [(name, value) for name, value in said["q"]]
    search = read_search(type_name, used, is_strict=False)
    return Found(search, reader, base, after_of(said))
