"""Store: every version of every resource, in memory and in a file that is only ever added to.

One line of the file is one thing that happened, however many resources it wrote: a transaction that
was cut off by a kill left no line, and so nothing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from imparts.gateway.pretend_record.fhir.outcomes import Json
from imparts.gateway.pretend_record.lines import Lines

_FILE = "fhir.jsonl"


@dataclass(frozen=True, slots=True)
class Key:
    """What a resource is found by."""

    type: str
    id: str

    def __str__(self) -> str:
        return f"{self.type}/{self.id}"

    @classmethod
    def of(cls, resource: Json) -> "Key":
        """The key of a resource that has its id."""
        return cls(resource["resourceType"], resource["id"])


class Store:
    """All resources; those it begins with are given, and not written down."""

    def __init__(self, folder: Path, *, begins_with: Iterable[Json] = (), at: str) -> None:
        self._versions: dict[Key, list[Json]] = {}
        self._called: dict[tuple[str, str], dict[Key, None]] = {}  # by type and name
        self._lines = Lines(folder / _FILE)
        self._take_in(begins_with, at=at)
        for happened in self._lines.every():
            self._take_in(happened["wrote"], at=happened["at"])

    def close(self) -> None:
        """Let go of the file."""
        self._lines.close()

    def read(self, key: Key) -> Json | None:
        """The newest version."""
        versions = self._versions.get(key)
        return versions[-1] if versions else None

    def version(self, key: Key, number: str) -> Json | None:
        """One version by its number."""
        versions = self._versions.get(key, [])
        is_there = number.isdecimal() and 0 < int(number) <= len(versions)
        return versions[int(number) - 1] if is_there else None

    def every(self, kind: str) -> list[Json]:
        """The newest version of each resource of one type, in the order in which they came."""
        return [versions[-1] for key, versions in self._versions.items() if key.type == kind]

    def every_called(self, kind: str, value: str) -> list[Json]:
        """The newest version of each of one type that has or had this identifier or tag."""
        return [self._versions[key][-1] for key in self._called.get((kind, value), ())]

    def counts(self) -> dict[str, int]:
        """How many of each type there are."""
        return dict(Counter(key.type for key in self._versions))

    def write(self, resources: Sequence[Json], *, at: str) -> list[Json]:
        """Write all of them, or none if the machine stops; each gets its version and moment."""
        if not resources:
            return []
        written = self._take_in(resources, at=at)
        self._lines.add({"at": at, "wrote": written})
        return written

    def _take_in(self, resources: Iterable[Json], *, at: str) -> list[Json]:
        written = []
        for resource in resources:
            key = Key.of(resource)
            versions = self._versions.setdefault(key, [])
            for value in _names(resource):
                self._called.setdefault((key.type, value), {})[key] = None
            meta = {
                **resource.get("meta", {}), "versionId": str(len(versions) + 1), "lastUpdated": at,
            }  # fmt: skip
            versions.append({**resource, "meta": meta})
            written.append(versions[-1])
        return written


def _names(resource: Json) -> Iterator[str]:
    """Of its identifiers and tags; a stranger's resource may hold anything in their place."""
    meta = resource.get("meta")
    tags = meta.get("tag") if isinstance(meta, dict) else None
    for held, called in ((resource.get("identifier"), "value"), (tags, "code")):
        for one in held if isinstance(held, list) else [held]:
            if isinstance(one, dict) and isinstance(one.get(called), str):
                yield one[called]
