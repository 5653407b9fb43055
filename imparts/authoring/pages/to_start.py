"""What is asked nowhere yet and what to do next with it; where each pathway is followed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imparts.design.dates import brief_day, day
from imparts.library.queries import NOT_SIGNED

if TYPE_CHECKING:
    from datetime import date

    from imparts.authoring.queries.to_start import Followed, Next, NotAsked, PathwayHere
    from imparts.library.models import ContentVersion

NO_SIGNER = "Nobody here may sign it who has not composed it. A second person is wanted who may."
NO_STARTER = "Whoever answers for the service may start it."
FEW = 3


@dataclass(frozen=True, slots=True)
class Step:
    """What to do next: a link for whoever may, else a sentence that names who may."""

    said: str
    do: str = ""
    """"sign", "sign_needs", "start" or nothing."""
    content: int = 0


@dataclass(frozen=True, slots=True)
class PackRow:
    """One pack that is asked nowhere yet."""

    content: int
    name: str
    version: str
    service: str
    stands: str
    next: Step


@dataclass(frozen=True, slots=True)
class At:
    """One service that follows a pathway, or will."""

    service: str
    service_id: int
    said: str


@dataclass(frozen=True, slots=True)
class PathwayRow:
    """One pathway, where it is followed, and what to do next."""

    content: int
    name: str
    version: str
    stands: str
    at: tuple[At, ...]
    next: Step

    @property
    def is_long(self) -> bool:
        """Whether the services are folded away, so that the table stays one screen."""
        return len(self.at) > FEW


@dataclass(frozen=True, slots=True)
class ToStartPage:
    """Both tables."""

    packs: tuple[PackRow, ...]
    pathways: tuple[PathwayRow, ...]


def to_start_page(
    packs: "Iterable[NotAsked]", pathways: "Iterable[PathwayHere]", *,
    name_of: "Callable[[ContentVersion], str]", today: "date",
) -> ToStartPage:  # fmt: skip
    """Put what waits into rows, each with its next step."""
    return ToStartPage(
        packs=tuple(_pack(one, name_of(one.content)) for one in packs),
        pathways=tuple(_pathway(one, name_of(one.content), today) for one in pathways),
    )


def _pack(one: "NotAsked", name: str) -> PackRow:
    content = one.content
    return PackRow(
        content=content.pk,
        name=name,
        version=content.version,
        service=str(one.service) if one.service else "",
        stands=_stands(one),
        next=_next_of_pack(one),
    )


def _stands(one: "NotAsked") -> str:
    if one.signature is None:
        return f"Waits for a signature since {day(one.content.loaded_at)}."
    by = f"{one.signature.as_role} ({one.signature.signed_by})"
    return f"Signed by {by}, {day(one.signature.at)}. Not started anywhere."


def _next_of_pack(one: "NotAsked") -> Step:
    if one.signature is None:
        return _to_sign(one.next, one.content.pk)
    if one.not_ready:
        return _not_ready(one)
    return _to_start(one.next, one.content.pk, "Choose when and where it starts")


def _not_ready(one: "NotAsked") -> Step:
    """A pack whose questionnaires are not signed is refused on the page that starts it."""
    name, why = one.not_ready[0]
    more = len(one.not_ready) - 1
    said = f"First: {name}{f' and {more} more' if more else ''}. {why}"
    if one.next.may_sign and any(why == NOT_SIGNED for _, why in one.not_ready):
        return Step(said, "sign_needs", one.content.pk)
    return Step(said)


def _to_sign(who: "Next", content: int) -> Step:
    if who.may_sign:
        return Step("Read it and sign", "sign", content)
    return Step(f"May sign: {_few(who.signers)}." if who.signers else NO_SIGNER)


def _to_start(who: "Next", content: int, said: str) -> Step:
    if who.may_start:
        return Step(said, "start", content)
    return Step(f"May start it: {_few(who.starters)}." if who.starters else NO_STARTER)


def _pathway(one: "PathwayHere", name: str, today: "date") -> PathwayRow:
    content = one.content
    return PathwayRow(
        content=content.pk,
        name=name,
        version=content.version,
        stands=one.why_not or "May be used here.",
        at=tuple(_at(row, content.pk, today) for row in one.at),
        next=_next_of_pathway(one),
    )


def _next_of_pathway(one: "PathwayHere") -> Step:
    if one.why_not == NOT_SIGNED:
        return _to_sign(one.next, one.content.pk)
    if one.to_start is None:
        return Step("")
    elsewhere = " at another service" if one.at else ""
    return _to_start(one.next, one.to_start.pk, f"Start it{elsewhere}")


def _at(one: "Followed", newest: int, today: "date") -> At:
    row = one.row
    since = "since" if row.from_on <= today else "from"
    said = f"{since} {brief_day(row.from_on)}"
    if row.content_id != newest:
        said = f"{said}, version {row.content.version}"
    if one.why_not:
        said = f"{said}, and suggests nothing there. {one.why_not}"
    return At(str(row.service), row.service_id, said)


def _few(names: Sequence[str]) -> str:
    more = len(names) - FEW
    return ", ".join(names[:FEW]) + (f" and {more} more" if more > 0 else "")
