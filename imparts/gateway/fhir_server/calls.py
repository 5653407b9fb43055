"""Calls: one interaction with the server, however it came: by HTTP, or inside a Bundle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

from imparts.gateway.fhir_server.problems import Issue, Problem, bad_request, outcome
from imparts.gateway.fhir_server.registry import Json, Reader


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked: the verb, the path below the base in parts, and what came with it."""

    verb: str
    path: tuple[str, ...]
    reader: Reader
    base: str
    """Our own address, without a slash at the end: https://trust.example/fhir"""
    query: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    """By names in small letters."""
    body: Any = None
    """The resource, read from JSON; None where none was sent."""

    def header(self, name: str) -> str:
        """One header; empty where it was not sent."""
        return self.headers.get(name, "").strip()

    @property
    def is_strict(self) -> bool:
        """Whether what is not understood is refused rather than left out."""
        return "handling=strict" in self.header("prefer").replace(" ", "")

    def prefers(self) -> str:
        """What a write is answered with: minimal, representation or OperationOutcome."""
        said = self.header("prefer").replace(" ", "")
        for way in ("minimal", "OperationOutcome"):
            if f"return={way}" in said:
                return way
        return "representation"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered."""

    status: int
    body: Json | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes | None = None
    """For what is no FHIR JSON, such as a file of an export; then `headers` says its type."""

    @property
    def location(self) -> str:
        """Where the resource stands that was made or found."""
        return self.headers.get("Location", "")


def refused(status: int, issues: Sequence[Issue], **headers: str) -> Answer:
    """An answer that says what is wrong."""
    return Answer(status, outcome(issues), headers)


def refusal(wrong: Problem) -> Answer:
    """The answer to a call with which something is wrong."""
    return refused(wrong.status, wrong.issues, **wrong.headers)


def version_headers(resource: Json) -> dict[str, str]:
    """ETag and Last-Modified of a resource, as its meta says."""
    meta = resource.get("meta", {})
    said = {"ETag": etag_of(meta["versionId"])} if "versionId" in meta else {}
    if "lastUpdated" in meta:
        moment = datetime.fromisoformat(meta["lastUpdated"]).astimezone(UTC)
        said["Last-Modified"] = format_datetime(moment.replace(microsecond=0), usegmt=True)
    return said


def etag_of(version: str) -> str:
    """A version as an entity tag, which is weak as FHIR says."""
    return f'W/"{version}"'


def versions_in(header: str) -> list[str]:
    """The versions that If-Match or If-None-Match names; "*" is any."""
    found = []
    for part in header.split(","):
        tag = part.strip().removeprefix("W/")
        if tag == "*":
            found.append("*")
        elif len(tag) > 1 and tag[0] == tag[-1] == '"':
            found.append(tag[1:-1])
        else:
            raise bad_request('Write a version like W/"3".')
    return found


def moment_in(header: str) -> datetime | None:
    """The moment of an If-Modified-Since; None for one that is no date, which HTTP passes over."""
    try:
        found = parsedate_to_datetime(header)
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
