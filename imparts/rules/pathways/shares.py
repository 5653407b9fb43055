"""Shares: who the people are whom a draft moves, beside all who were asked.

Nobody can be picked out: a group of fewer than eight people is joined with others, or hidden.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

FEWEST_SHOWN = 8  # local choice: groups under 8 people are joined or hidden
OLD_FROM = 75
REST = "Other, not known"
_ETHNIC = ("Asian", "Black", "White")


@dataclass(frozen=True, slots=True)
class Groups:
    """What is known of one person for the shares; empty is not known."""

    sex: str  # as in people: female, male, indeterminate, not_known
    age: int | None
    needs_interpreter: bool
    ethnic_group: str  # "Asian", "Black", "Mixed", "White", "Other" or ""


@dataclass(frozen=True, slots=True)
class GroupShare:
    """A group of people among those moved, beside all who were asked; None is hidden."""

    name: str  # "Women", "75 or over", "Interpreter", "Asian", "Black", "Other, not known"
    moved: int | None  # per cent
    asked: int | None


_NOBODY = Groups("not_known", None, False, "")


def shares_of(
    moved: Collection[UUID], asked: Collection[UUID], groups: Mapping[UUID, Groups]
) -> tuple[GroupShare, ...]:
    """The shares in the order of the page; none when there are too few people to show any."""
    if len(moved) < FEWEST_SHOWN:
        return ()
    here = [groups.get(one, _NOBODY) for one in moved]
    everyone = [groups.get(one, _NOBODY) for one in asked]
    return (
        GroupShare("Women", *_both(here, everyone, lambda one: one.sex == "female")),
        GroupShare(
            f"{OLD_FROM} or over",
            *_both(here, everyone, lambda one: one.age is not None and one.age >= OLD_FROM),
        ),
        GroupShare("Interpreter", *_both(here, everyone, lambda one: one.needs_interpreter)),
        *_ethnic(here, everyone),
    )


def _both(
    here: list[Groups], everyone: list[Groups], is_in: Callable[[Groups], bool]
) -> tuple[int | None, int | None]:
    return _share(here, is_in), _share(everyone, is_in)


def _share(people: list[Groups], is_in: Callable[[Groups], bool]) -> int | None:
    """A whole per cent; hidden when it would tell of fewer than eight people, or of the rest."""
    number = sum(map(is_in, people))
    if _is_small(number) or _is_small(len(people) - number):
        return None
    return round(100 * number / len(people))


def _is_small(number: int) -> bool:
    return 0 < number < FEWEST_SHOWN


def _ethnic(here: list[Groups], everyone: list[Groups]) -> tuple[GroupShare, ...]:
    """Three groups and the rest; small groups join the rest, until nobody can be picked out."""
    ours, all_of_them = _counts(here), _counts(everyone)
    shown = [one for one in _ETHNIC if not _is_small(ours[one]) and not _is_small(all_of_them[one])]
    while shown and any(_is_small(_rest(counts, shown)) for counts in (ours, all_of_them)):
        shown.remove(min(shown, key=lambda one: (ours[one], one)))
    names = [*shown, REST]
    moved, asked = _hundred(ours, shown), _hundred(all_of_them, shown)
    return tuple(GroupShare(name, moved[place], asked[place]) for place, name in enumerate(names))


def _counts(people: list[Groups]) -> Counter[str]:
    return Counter(one.ethnic_group if one.ethnic_group in _ETHNIC else REST for one in people)


def _rest(counts: Counter[str], shown: list[str]) -> int:
    return counts.total() - sum(counts[one] for one in shown)


def _hundred(counts: Counter[str], shown: list[str]) -> list[int]:
    """Whole per cents that add up to 100, the largest remainders rounded up."""
    parts = [*(counts[one] for one in shown), _rest(counts, shown)]
    exact = [100 * part / counts.total() for part in parts]
    whole = [int(one) for one in exact]
    places = sorted(range(len(parts)), key=lambda place: whole[place] - exact[place])
    for place in places[: 100 - sum(whole)]:
        whole[place] += 1
    return whole
