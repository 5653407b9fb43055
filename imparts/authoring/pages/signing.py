"""Everything that waits for a signature, on one page: read each, tick each, sign once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from imparts.authoring.pages.version import KINDS
from imparts.design.dates import day
from imparts.design.words import counted

if TYPE_CHECKING:
    from imparts.authoring.queries.signing import Waiting
    from imparts.library.models import ContentVersion

GROUPS = (
    ("made_here", "Composed or brought in here", ""),
    ("needed", "Wanted by the packs of this site", "What a pack asks, and what patients are told."),
    ("other", "Shipped, and wanted by nothing yet", "It can wait until a pack asks it."),
)


@dataclass(frozen=True, slots=True)
class ToSign:
    """One version that waits."""

    content: int
    name: str
    kind: str
    version: str
    said: str
    href: str
    accepts: tuple[str, ...]
    mark: str
    why_not: str
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Versions that wait for the same reason."""

    heading: str
    note: str
    rows: tuple[ToSign, ...]
    is_folded: bool


@dataclass(frozen=True, slots=True)
class SigningPage:
    """All that waits."""

    title: str
    said: str
    groups: tuple[Group, ...]
    wrong: Mapping[str, str]
    statement: str
    remark: str
    only_for: str

    @property
    def can_sign(self) -> bool:
        """Whether there is anything that the reader may sign."""
        return any(not row.why_not for group in self.groups for row in group.rows)


def signing_page(
    waiting: "Waiting", *, name_of: "Callable[[ContentVersion], str]",
    accepts: "Callable[[ContentVersion], tuple[str, ...]]",
    mark_of: Callable[[Iterable[str]], str],
    why_not: "Callable[[ContentVersion], str]", ticked: Iterable[str], wrong: Mapping[str, str],
    statement: str, remark: str, only_for: str,
) -> SigningPage:  # fmt: skip
    """Put all that waits in groups; nothing is ticked that the reader has not ticked."""
    chosen = frozenset(ticked)

    def row(one: "ContentVersion") -> ToSign:
        return ToSign(
            content=one.pk,
            name=name_of(one),
            kind=KINDS.get(one.kind, one.kind),
            version=one.version,
            said=_said(one),
            href=_where(one),
            accepts=accepts(one),
            mark=mark_of(accepts(one)),
            why_not=why_not(one),
            is_ticked=str(one.pk) in chosen,
        )

    groups = tuple(
        Group(heading, note, tuple(row(one) for one in getattr(waiting, kind)), kind == "other")
        for kind, heading, note in GROUPS
        if getattr(waiting, kind)
    )
    number = sum(len(group.rows) for group in groups)
    waits = f"{counted(number, 'version')} wait" if number != 1 else "1 version waits"
    return SigningPage(
        title="Waiting for a signature",
        said=f"{waits} for a signature." if number else "Nothing waits for a signature.",
        groups=groups,
        wrong=wrong,
        statement=statement,
        remark=remark,
        only_for=only_for,
    )


def _where(one: "ContentVersion") -> str:
    """Where it is read: the passport of an instrument, else the page of the version."""
    if one.kind in ("instrument", "wording"):
        return reverse("authoring:passport_version", args=[one.key, one.pk])
    return reverse("authoring:version", args=[one.pk])


def _said(one: "ContentVersion") -> str:
    if one.is_shipped:
        return "shipped"
    return f"by {one.loaded_by or 'this site'}, {day(one.loaded_at)}"
