"""The two roles and the database: one role owns and migrates, the other serves pages.

The web role owns nothing and may make nothing; which rows it may read and write is granted table
by table after each migration (commands/grants.py).
"""

import psycopg
from psycopg import sql

from imparts.postgres.secrets_file import Passwords

ADMIN = "imparts_admin"
OWNER = "imparts_owner"
WEB = "imparts_web"
DATABASE = "imparts"


def make_roles_and_database(admin_url: str, passwords: Passwords) -> None:
    """Make what is missing; running it again changes nothing."""
    with psycopg.connect(admin_url, autocommit=True) as connection:
        have = {row[0] for row in connection.execute("select rolname from pg_roles")}
        for role, password in ((OWNER, passwords.owner), (WEB, passwords.web)):
            if role not in have:
                connection.execute(
                    sql.SQL(
                        "create role {} login nosuperuser nocreatedb nocreaterole password {}"
                    ).format(sql.Identifier(role), sql.Literal(password))
                )
        found = connection.execute("select 1 from pg_database where datname = %s", [DATABASE])
        if found.fetchone() is None:
            make_database(connection, DATABASE)


def make_database(
    connection: "psycopg.Connection[tuple[object, ...]]", name: str, *, template: str = "template0"
) -> None:
    """One database that the owner owns and only our roles may open."""
    database, owner, web = (sql.Identifier(n) for n in (name, OWNER, WEB))
    connection.execute(
        sql.SQL("create database {} owner {} template {}").format(
            database, owner, sql.Identifier(template)
        )
    )
    connection.execute(sql.SQL("revoke all on database {} from public").format(database))
    connection.execute(sql.SQL("grant connect on database {} to {}").format(database, web))
