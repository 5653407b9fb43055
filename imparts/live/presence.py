"""Which background process is there: each holds a lock on its own database connection.

The lock goes with the process however it ends, so there is no row that says "alive" of a dead one.
"""

import time
from enum import IntEnum

import psycopg
from django.db import connection

_OURS = 0x1A9A27  # any number, as long as it is always the same


_SECONDS_KEPT = 3.0
_last_look: tuple[float, frozenset["Process"]] | None = None


class Process(IntEnum):
    """The background processes of a site."""

    WORKER = 1
    LISTENER = 2


def announce(process: Process, own_connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    """Say that this process is there, as long as its connection lives; several may say so."""
    own_connection.execute("select pg_advisory_lock_shared(%s, %s)", [_OURS, int(process)])


def seen() -> frozenset[Process]:
    """The processes that are there now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select distinct l.objid from pg_locks l join pg_database d on d.oid = l.database"
            " where d.datname = current_database() and l.locktype = 'advisory'"
            " and l.classid = %s and l.granted",
            [_OURS],
        )
        return frozenset(Process(number) for (number,) in cursor.fetchall())


def seen_lately() -> frozenset[Process]:
    """The same, at most a few seconds old: for what stands on every page."""
    global _last_look
    now = time.monotonic()
    if _last_look is None or now - _last_look[0] > _SECONDS_KEPT:
        _last_look = now, seen()
    return _last_look[1]
