"""What the web role may do, tried as the web role."""

import psycopg
import pytest

pytestmark = pytest.mark.django_db


def _try(sql: str) -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "update audit_auditentry set who = 'someone else'",
        "delete from audit_auditentry",
        "truncate audit_auditentry",
        "truncate organisations_service cascade",
        "drop table audit_auditentry",
        "alter table audit_auditentry disable trigger all",
        "create table mine (id int)",
        "create temporary table mine (id int)",
        "delete from django_migrations",
        "create role another",
        "set role imparts_owner",
    ],
)
def test_the_web_role_may_not(sql: str) -> None:
    from django.db.utils import ProgrammingError

    with pytest.raises(ProgrammingError) as refused:
        _try(sql)
    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)


def test_the_web_role_may_add_to_the_audit_and_read_it() -> None:
    _try("insert into audit_auditentry (at, who, did, about, why) values (now(), 'a', 'b', '', '')")
    _try("select * from audit_auditentry")


def test_every_append_only_table_refuses_change() -> None:
    from django.apps import apps
    from django.db import connection

    append_only = [m._meta.db_table for m in apps.get_models() if getattr(m, "append_only", False)]
    assert "audit_auditentry" in append_only
    with connection.cursor() as cursor:
        for table in append_only:
            cursor.execute(
                "select has_table_privilege(%s, 'update') or has_table_privilege(%s, 'delete')",
                [table, table],
            )
            assert cursor.fetchone() == (False,), table


def test_every_other_table_of_ours_can_be_read_and_written() -> None:
    from django.apps import apps
    from django.db import connection

    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            if not model._meta.managed:
                cursor.execute("select has_table_privilege(%s, 'select')", [table])
                assert cursor.fetchone() == (True,), f"{table}, a view that is read only"
                continue
            cursor.execute(
                "select has_table_privilege(%s, 'select') and has_table_privilege(%s, 'insert')",
                [table, table],
            )
            assert cursor.fetchone() == (True,), table


@pytest.mark.django_db(transaction=True)
def test_what_a_committing_test_leaves_is_taken_away_one() -> None:
    _leave_one_audit_entry_and_find_only_that()


@pytest.mark.django_db(transaction=True)
def test_what_a_committing_test_leaves_is_taken_away_two() -> None:
    _leave_one_audit_entry_and_find_only_that()


def _leave_one_audit_entry_and_find_only_that() -> None:
    from django.db import connection

    _try("insert into audit_auditentry (at, who, did, about, why) values (now(), 'a', 'b', '', '')")
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from audit_auditentry")
        assert cursor.fetchone() == (1,)
