"""Copying: many rows into one table in one go, with PostgreSQL's COPY.

A hundred times as fast as one INSERT a row. The rows obey the same constraints, and the role needs
no more than the right to insert, so append-only tables stay append-only.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol, cast

from psycopg import sql
from psycopg.types.json import JsonbDumper


class _Cursor(Protocol):
    """A cursor of psycopg, or Django's wrapper around one."""

    adapters: Any

    def copy(self, statement: sql.Composable) -> Any: ...
    def execute(self, statement: str, parameters: Sequence[object]) -> Any: ...
    def fetchall(self) -> list[tuple[Any, ...]]: ...


def copy_rows(
    cursor: _Cursor, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> int:
    """Add rows whose values stand in the order of the columns; gives how many. Dicts and lists are
    stored as JSON."""
    statement = sql.SQL("copy {} ({}) from stdin").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    for kind in (dict, list):
        cursor.adapters.register_dumper(kind, JsonbDumper)
    copied = 0
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
            copied += 1
    return copied


def new_ids(cursor: _Cursor, table: str, number: int) -> list[int]:
    """Ids that nobody else will be given, for rows that other rows must name."""
    cursor.execute(
        "select nextval(pg_get_serial_sequence(%s, 'id')) from generate_series(1, %s)",
        [table, number],
    )
    return [cast(int, row[0]) for row in cursor.fetchall()]
