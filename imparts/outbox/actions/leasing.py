"""Leasing: taking what is due, so that no other worker sends it at the same time."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from imparts.outbox.models import Message
from imparts.outbox.queries.standing import OFTEN_PUT_OFF

LEASE_SECONDS = 30
# No pause and no lease of ours is this long. A moment further ahead was set by a clock that has
# been put back since, and what waits for it would wait for nothing.
LONGEST_WAIT = timedelta(minutes=10)
LONGEST_PUT_OFF = timedelta(minutes=70)  # what was put off often is tried once an hour

# First of its patient: asked of the index for each candidate, so that a lot costs as much with ten
# messages waiting as with a hundred thousand. "not exists" was read as a join of all with all.
_LEASE = """
    with firsts as (
        select m.id, m.patient from outbox_message m
        where m.state = 'waiting' and m.destination = %(to)s
          and (m.next_attempt_at <= %(at)s or m.next_attempt_at
               > case when m.put_off >= %(often)s then %(far)s else %(near)s end)
          and (m.leased_until is null or m.leased_until < %(at)s or m.leased_until > %(near)s)
          and m.id = (
              select e.id from outbox_message e
              where e.patient = m.patient and e.destination = m.destination
                and e.state = 'waiting' order by e.id limit 1)
          and not (%(blocks)s and exists (
              select 1 from outbox_message e
              where e.patient = m.patient and e.destination = m.destination
                and e.state = 'refused' and e.id < m.id))
        order by m.next_attempt_at, m.id
        limit %(most)s for update skip locked),
    due as (
        select w.id from firsts f cross join lateral (
            select w.id, bool_or(w.id > f.id and
                (w.next_attempt_at > %(at)s or w.leased_until >= %(at)s)) over (order by w.id)
                as is_held
            from (
                select e.id, e.next_attempt_at, e.leased_until from outbox_message e
                where e.patient = f.patient and e.destination = %(to)s and e.state = 'waiting'
                order by e.id limit %(run)s) w) w
        where w.is_held is not true)
    update outbox_message m set leased_until = %(until)s, attempts = m.attempts + 1
    from due where m.id = due.id returning m.*
"""


def lease_many(
    *,
    destination: str,
    at: datetime,
    seconds: int = LEASE_SECONDS,
    most: int = 1,
    run: int = 1,
    refusal_blocks_patient: bool = False,
) -> list[Message]:
    """Take due messages of at most so many patients, whom no other worker holds, first ones first.

    A patient's messages go out strictly in order: while an earlier one waits (for a retry, say),
    later ones of the same patient wait behind it and other patients' pass. Of each patient up to
    `run` are taken, without a gap; whoever sends them gives the later ones back when an earlier one
    is not taken. A lease ends by itself, so a worker that dies holds nothing up for longer than
    `seconds`. What waits for a moment further ahead than any pause of ours waits because a clock
    was wrong: it is due.
    """
    asked = {
        "to": destination, "at": at, "near": at + LONGEST_WAIT, "far": at + LONGEST_PUT_OFF,
        "often": OFTEN_PUT_OFF, "blocks": refusal_blocks_patient, "most": most,
        "run": run, "until": at + timedelta(seconds=seconds),
    }  # fmt: skip
    found = list(Message.objects.raw(_LEASE, asked))
    due: dict[UUID, datetime] = {}
    for each in sorted(found, key=lambda each: each.pk):
        due.setdefault(each.patient, each.next_attempt_at)
    return sorted(found, key=lambda each: (due[each.patient], each.pk))


def lease_next(*, destination: str, at: datetime, seconds: int = LEASE_SECONDS) -> Message | None:
    """The next due message of this destination, or None."""
    return next(iter(lease_many(destination=destination, at=at, seconds=seconds)), None)


def give_back(messages: Iterable[Message]) -> None:
    """Leased and not tried after all: they wait as before, for whoever comes next."""
    held = [(each.pk, each.leased_until) for each in messages]
    if not held:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            update outbox_message m set leased_until = null, attempts = m.attempts - 1
            from unnest(%s::bigint[], %s::timestamptz[]) as held (id, until)
            where m.id = held.id and m.leased_until = held.until and m.state = 'waiting'
            """,
            [[pk for pk, _ in held], [until for _, until in held]],
        )
