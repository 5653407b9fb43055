"""Crowding: which people there are, their numbers, and the chunks in which they are worked out."""

from collections.abc import Collection, Iterator
from random import Random

from imparts.demo.crowd import numbers
from imparts.demo.past.chunks import Chunk
from imparts.demo.past.registrations import Numbers
from imparts.demo.places.specialties import SPECIALTIES, people_in

_PEOPLE_A_CHUNK = 250


def chunks(
    people: int, *, seed: int, named: dict[str, int], taken: Collection[str]
) -> Iterator[Chunk]:
    """All people but the named ones, who count as people of their specialty too.

    `taken` are the NHS numbers that named patients have.
    """
    nhs = numbers.nhs_numbers(seed, but=taken)
    chance, before = Random(f"numbers {seed}"), 0
    for specialty in SPECIALTIES:
        count = max(0, people_in(specialty, people) - named.get(specialty.code, 0))
        for first in range(0, count, _PEOPLE_A_CHUNK):
            places = tuple(range(first, min(first + _PEOPLE_A_CHUNK, count)))
            yield Chunk(
                specialty.code, places,
                tuple(
                    Numbers(
                        nhs=next(nhs) if chance.random() < 0.97 else "",
                        hospital=numbers.hospital_number("", before + place),
                        is_traced=chance.random() < 0.96,
                    )
                    for place in places
                ),
            )  # fmt: skip
        before += count
