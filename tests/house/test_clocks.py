"""Clocks: moments and days are passed in, so every rule and action can be tried at any moment."""

import ast

from tests.house.reading import File, dotted, nothing_wrong, program, proofs, words

# Views, commands and the worker may look at the clock, once, and pass the moment on.
PASSED_IN = ("actions", "queries", "models", "forms", "pages")
CLOCKS = words(
    """timezone.now timezone.localdate timezone.localtime datetime.now datetime.utcnow
    datetime.today date.today time.time time.monotonic"""
)
TOLD = ("localdate", "localtime")  # with a moment in the brackets they read no clock
READ_WITHOUT_A_CALL = frozenset({"auto_now", "auto_now_add"})


def reads_the_clock(file: File) -> list[str]:
    """Places where a file looks at the time by itself."""
    tree = file.tree
    told = _told_the_moment(tree)
    found = [
        (node.lineno, dotted(node))
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and _is_a_clock(node) and node not in told
    ]
    found += [
        (node.value.lineno, node.arg)
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg in READ_WITHOUT_A_CALL
    ]
    return [
        f"{file.path}:{line} {name}. Take at= (a moment) or on= (a day) and let the view or "
        "command look at the clock."
        for line, name in found
    ]


def _is_a_clock(node: ast.Attribute) -> bool:
    return ".".join(dotted(node).split(".")[-2:]) in CLOCKS


def _told_the_moment(tree: ast.Module) -> set[ast.AST]:
    """timezone.localdate(at) reads no clock: it says which day a moment falls on here."""
    return {
        node.func
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and node.args and dotted(node).endswith(TOLD)
    }


def days_by_another_clock(file: File) -> list[str]:
    """Days of a moment as it is stored, which in summer is yesterday until one in the morning."""
    return [
        f"{file.path}:{node.lineno} {dotted(node)}(). Moments are UTC: timezone.localdate(at)."
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "date"
        and not dotted(node.func.value).endswith(("local", "localtime"))
    ]


def test_rules_actions_queries_and_pages_are_told_the_time() -> None:
    told = [file for file in program() if file.room in PASSED_IN or file.app == "imparts.rules"]
    asked = [file for file in told if file.app != "imparts.benchmarks"]  # they measure time
    nothing_wrong(wrong for file in asked for wrong in reads_the_clock(file))


def test_actions_take_the_day_from_the_local_clock() -> None:
    asked = [file for file in program() if file.room == "actions"]
    nothing_wrong(wrong for file in asked for wrong in days_by_another_clock(file))


def test_tests_of_rules_and_apps_set_the_time() -> None:
    asked = [f for f in proofs() if f.path.startswith(("tests/rules/", "tests/apps/"))]
    nothing_wrong(wrong for file in asked for wrong in reads_the_clock(file))


def test_a_look_at_the_clock_is_found() -> None:
    for bad in (
        "at = timezone.now()",
        "at = datetime.datetime.now(tz)",
        "DateTimeField(default=timezone.now)",
        "DateTimeField(auto_now_add=True)",
        "started = time.time()",
    ):
        assert reads_the_clock(File("imparts/people/actions.py", bad)), bad
    assert not reads_the_clock(File("imparts/people/actions.py", "timedelta(days=1)"))
    assert not reads_the_clock(File("imparts/people/actions.py", "timezone.localdate(at)"))


def test_a_day_by_another_clock_is_found() -> None:
    assert days_by_another_clock(File("imparts/people/actions.py", "day = at.date()"))
    assert not days_by_another_clock(File("imparts/people/actions.py", "timezone.localdate(at)"))
