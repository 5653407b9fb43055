"""Is it safe to open this site to people? Every way in which it is not has its own sentence."""

import os

import psycopg

from imparts.commands.exit_codes import CannotGoOn, UsedWrongly
from imparts.config.environment import read_environment

_MAY_TOO_MUCH = """
    select rolsuper or rolcreatedb or rolcreaterole or has_schema_privilege('public', 'create')
    from pg_roles where rolname = current_user
"""
_MAY_CHANGE_AUDIT = """
    select has_table_privilege('audit_auditentry', 'update')
        or has_table_privilege('audit_auditentry', 'delete')
"""


def refuse_unsafe() -> None:
    """Settings first, then the database's role."""
    environment = read_environment()
    try:
        with psycopg.connect(environment.database_url, connect_timeout=5) as connection:
            _refuse_strong_role(connection)
    except psycopg.errors.UndefinedTable:
        raise CannotGoOn("The database has no tables yet. Run: imparts migrate") from None
    except psycopg.OperationalError:
        raise CannotGoOn(
            "The database does not answer. See that PostgreSQL runs and DATABASE_URL is right."
        ) from None


def _refuse_strong_role(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    for question in (_MAY_TOO_MUCH, _MAY_CHANGE_AUDIT):
        answer = connection.execute(question).fetchone()
        if answer and answer[0]:
            raise UsedWrongly(
                "DATABASE_URL names a role that may change the tables or the audit. Pages must run "
                "as a role that owns nothing: see docs/decisions/0007-our-own-postgresql.md."
            )


def is_demo() -> bool:
    """Whether anyone may sign in as anyone."""
    return os.environ.get("IMPARTS_DEMO", "") == "1"
