"""Paths: the place of one answer in a filled-in form.

A path is the link id of the question, preceded by the repeating groups that it stands in, each with
its number: "meds[2]/name". Groups that do not repeat are left out, since a link id is unique in its
form. A question that repeats and has questions under it counts as such a group for those.
"""

from dataclasses import dataclass

from imparts.rules.forms.definition import Form

_ESCAPES = (("~", "~0"), ("/", "~1"), ("[", "~2"))


@dataclass(frozen=True, slots=True)
class Place:
    """A path taken apart: the numbered groups around, then the item itself."""

    link_id: str
    within: tuple[tuple[str, int], ...] = ()

    def __str__(self) -> str:
        around = [f"{_escaped(name)}[{number}]" for name, number in self.within]
        return "/".join([*around, _escaped(self.link_id)])


def place_of(path: str) -> Place:
    """A path taken apart; ValueError when it is none."""
    *around, last = path.split("/")
    return Place(_plain(last), tuple(_numbered(step) for step in around))


def repeating_around(form: Form, link_id: str) -> tuple[str, ...]:
    """The link ids of the repeating groups that an item stands in, outermost first."""
    found: list[str] = []
    above = form.parents.get(link_id, "")
    while above:
        if form.by_id[above].repeats:
            found.insert(0, above)
        above = form.parents[above]
    return tuple(found)


def fits(form: Form, place: Place) -> bool:
    """Whether a form has such a place at all, however often its groups are filled in."""
    around = tuple(name for name, _ in place.within)
    return place.link_id in form.by_id and around == repeating_around(form, place.link_id)


def longest_path(form: Form) -> int:
    """How many letters the longest path of a form can have; a group's number has at most three."""
    return max(
        len(str(Place(item.link_id, tuple((g, 100) for g in repeating_around(form, item.link_id)))))
        for item in form.all_items
    )


def _numbered(step: str) -> tuple[str, int]:
    name, bracket, number = step.partition("[")
    if not bracket or not number.endswith("]") or not number[:-1].isdecimal():
        raise ValueError("a path's groups are numbered, as in meds[2]/name")
    return _plain(name), int(number[:-1])


def _escaped(link_id: str) -> str:
    for plain, escape in _ESCAPES:
        link_id = link_id.replace(plain, escape)
    return link_id


def _plain(step: str) -> str:
    for plain, escape in reversed(_ESCAPES):
        step = step.replace(escape, plain)
    return step
