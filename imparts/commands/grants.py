"""What the web role may do: read and write our tables, and never change what is append-only.

Safety: hazard H8 (a look at a record leaves no trace). The audit and every other table whose model
says `append_only = True` can be added to and read, nothing else.
"""

from collections.abc import Collection

from django.apps import apps
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

_READ_ONLY = ("django_migrations",)


def grant_to(web_role: str) -> None:
    """Set the rights anew, whatever they were: running it again changes nothing."""
    append_only, ordinary = _tables()
    role = sql.Identifier(web_role)
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in (
            "revoke all on all tables in schema public from {role}",
            "revoke create on schema public from public, {role}",
            "grant usage on schema public to {role}",
            "grant usage on all sequences in schema public to {role}",
        ):
            cursor.execute(sql.SQL(statement).format(role=role))
        for rights, tables in (
            ("select, insert, update, delete", ordinary),
            ("select, insert", append_only),
            ("select", (*_READ_ONLY, *_views())),
        ):
            _grant(cursor, rights, tables, role)


def _grant(
    cursor: CursorWrapper, rights: str, tables: Collection[str], role: sql.Identifier
) -> None:
    if tables:
        names = sql.SQL(", ").join(sql.Identifier(table) for table in sorted(tables))
        statement = sql.SQL("grant {} on {} to {}").format(sql.SQL(rights), names, role)
        cursor.execute(statement)


def _tables() -> tuple[set[str], set[str]]:
    """Append-only tables, and all others of ours."""
    append_only: set[str] = set()
    ordinary: set[str] = set()
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            kept = append_only if getattr(model, "append_only", False) else ordinary
            kept.add(model._meta.db_table)
    return append_only, ordinary


def _views() -> set[str]:
    """Views of ours: tables that Django does not manage."""
    return {model._meta.db_table for model in apps.get_models() if not model._meta.managed}
