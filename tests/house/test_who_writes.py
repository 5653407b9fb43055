"""Who writes: actions change what is stored; views, pages and queries never do."""

import ast
import re

from tests.house.reading import File, dotted, nothing_wrong, program, words

# Rooms that may write; folders that have no tables; benchmarks run on a database of their own.
MAY_WRITE = ("actions", "management", "migrations")
NO_TABLES = tuple(f"imparts.{name}" for name in words("rules postgres content design benchmarks"))
# A file elsewhere that has to write, with the reason. Keep it short; an action is the better place.
EXCEPTIONS: dict[str, str] = {}

ALWAYS_WRITES = words(
    """save create bulk_create bulk_update get_or_create update_or_create asave acreate abulk_create
    aupdate adelete full_delete"""
)
# These are also said of dictionaries and sets, so only a chain that asks a table counts.
WRITES_ROWS = frozenset({"update", "delete", "copy"})
ASKS_A_TABLE = frozenset({"objects", "filter", "exclude", "all", "select_for_update", "get"})
_CHANGES = re.compile(r"^\s*(insert|update|delete|truncate|merge|copy|alter|drop)\b", re.IGNORECASE)

READS_TABLES = frozenset({"objects", "raw", "cursor", "select_related", "prefetch_related"})


def writes(file: File) -> list[str]:
    """Calls that change what is stored."""
    advice = "Only actions write: move it to an action of the app that owns the table."
    return [
        f"{file.path}:{node.lineno} {dotted(node)}. {advice}"
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Call) and (_writes_a_row(node) or _sends_a_change(node))
    ]


def _writes_a_row(call: ast.Call) -> bool:
    chain = dotted(call).split(".")
    if len(chain) < 2:
        return False
    return chain[-1] in ALWAYS_WRITES or (
        chain[-1] in WRITES_ROWS and bool(ASKS_A_TABLE & set(chain[:-1]))
    )


def _sends_a_change(call: ast.Call) -> bool:
    return dotted(call).endswith(("execute", "executemany", "copy")) and any(
        isinstance(part, ast.Constant)
        and isinstance(part.value, str)
        and _CHANGES.match(part.value)
        for part in call.args
    )


def touches_tables(file: File) -> list[str]:
    """Places where a view, form, page or address asks a table by itself."""
    named = [
        (node.lineno, node.attr)
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Attribute) and node.attr in READS_TABLES
    ]
    return [
        f"{file.path}:{line} .{name}. Ask queries to read and actions to write; "
        "a view puts permission, query, action, page and template together."
        for line, name in named
    ]


def test_only_actions_write() -> None:
    asked = [
        file
        for file in program()
        if file.room not in MAY_WRITE
        and not file.app.startswith(NO_TABLES)
        and file.path not in EXCEPTIONS
    ]
    nothing_wrong(wrong for file in asked for wrong in writes(file))


def test_views_forms_and_pages_ask_no_tables() -> None:
    front = ("views", "forms", "pages", "urls")
    apps = [file for file in program() if not file.app.startswith(NO_TABLES)]
    asked = [file for file in apps if file.room in front]
    nothing_wrong(wrong for file in asked for wrong in touches_tables(file))


def test_a_write_is_found() -> None:
    for bad in (
        "alert.save()",
        "Alert.objects.create(at=at)",
        "Alert.objects.filter(pk=1).update(at=at)",
        "Alert.objects.all().delete()",
        "cursor.execute('update people_patient set born_on = null')",
        "cursor.execute('  delete from audit_auditentry')",
    ):
        assert writes(File("imparts/people/queries.py", bad)), bad


def test_what_only_looks_like_a_write_is_let_through() -> None:
    for good in (
        "found.update({1: 2})",
        "response.delete_cookie('x')",
        "cursor.execute('select 1')",
        "seen.add(1)",
    ):
        assert not writes(File("imparts/people/queries.py", good)), good


def test_a_view_that_asks_a_table_is_found() -> None:
    assert touches_tables(File("imparts/people/views.py", "Patient.objects.get(pk=1)"))
    assert touches_tables(File("imparts/people/views.py", "connection.cursor()"))
    assert not touches_tables(File("imparts/people/views.py", "queries.patient_for(asking, pk)"))


def test_every_exception_is_still_needed() -> None:
    needed = [file.path for file in program() if file.path in EXCEPTIONS and writes(file)]
    assert sorted(EXCEPTIONS) == needed
