"""Chunks: some hundred people at a time, worked out in this process or in others beside it."""

import multiprocessing
import os
import pickle
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from random import Random

from imparts.demo.crowd.people import person
from imparts.demo.past.beside import begin
from imparts.demo.past.bodies import Bodies
from imparts.demo.past.courses import course_of
from imparts.demo.past.desks import Desk
from imparts.demo.past.registrations import Numbers, Registrations
from imparts.demo.past.rows import Rows
from imparts.demo.past.settings import setting_of
from imparts.demo.past.visits import Calendar

_WAITING = 3  # chunks that may be ready before they are copied, so that memory stays small


@dataclass(frozen=True, slots=True)
class Plan:
    """What every chunk is worked out from."""

    seed: int
    calendar: Calendar
    desks: dict[str, tuple[Desk, ...]]
    """By specialty: its people are spread over them."""
    practices: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some people of one specialty: their places in the seed's order, and their numbers."""

    specialty: str
    places: tuple[int, ...]
    numbers: tuple[Numbers, ...]


@dataclass(slots=True)
class Worked:
    """The rows of one chunk."""

    registrations: Registrations = field(default_factory=Registrations)
    rows: Rows = field(default_factory=Rows)
    bodies: Bodies = field(default_factory=Bodies)


def work_out(plan: Plan, chunk: Chunk) -> Worked:
    """The rows of one chunk: the same whoever works it out, and whenever."""
    worked = Worked()
    desks, setting = plan.desks[chunk.specialty], setting_of(chunk.specialty)
    others = [d for code, found in plan.desks.items() if code != chunk.specialty for d in found]
    for place, numbers in zip(chunk.places, chunk.numbers, strict=True):
        someone = person(plan.seed, chunk.specialty, place, on=plan.calendar.last)
        chance = Random(f"course {plan.seed} {someone.id}")
        desk = desks[place % len(desks)]
        course = course_of(
            someone, desk, others, calendar=plan.calendar, setting=setting, chance=chance
        )
        begun_at = course[0].visit.at
        worked.registrations.add(
            someone, numbers, course, home=(desk.organisation_id, desk.hospital_prefix),
            practice_id=plan.practices[someone.id.int % len(plan.practices)], at=begun_at,
        )  # fmt: skip
        for attended in course:
            worked.rows.add(attended, chance)
        worked.bodies.add(course, until=plan.calendar.last)
    return worked


def all_worked_out(plan: Plan, chunks: Sequence[Chunk]) -> Iterator[Worked]:
    """Every chunk in order; many chunks are worked out by processes beside this one."""
    beside = max(1, min(3, (os.cpu_count() or 1) - 1))
    if len(chunks) < 20:
        yield from (work_out(plan, chunk) for chunk in chunks)
        return
    with ProcessPoolExecutor(
        beside, multiprocessing.get_context("spawn"), initializer=begin,
        initargs=(pickle.dumps(plan),),
    ) as pool:  # fmt: skip
        waiting: deque[Future[Worked]] = deque()
        for chunk in chunks:
            waiting.append(pool.submit(_work_out_there, chunk))
            if len(waiting) > beside + _WAITING:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


_plan: Plan | None = None


def keep(plan: Plan) -> None:
    """In a process beside: keep the plan, which is large, for every chunk."""
    global _plan
    _plan = plan


def _work_out_there(chunk: Chunk) -> Worked:
    assert _plan is not None
    return work_out(_plan, chunk)
