"""Sizes: a file, a function and a template stay small enough to be read in one go."""

from tests.house.reading import File, files, functions, nothing_wrong, program, proofs

FILE, FUNCTION, TEMPLATE = 300, 40, 120


def too_long(file: File, limit: int) -> list[str]:
    """Whether the file has more lines than it may."""
    lines = len(file.text.splitlines())
    advice = "Make it a folder of the same name with one file a subject"
    return [f"{file.path}: {lines} lines, at most {limit}. {advice}."] if lines > limit else []


def long_functions(file: File) -> list[str]:
    """Functions that do more than one thing at a time."""
    return [
        f"{file.path}:{f.lineno} {f.name}: {lines} lines, at most {FUNCTION}. Name its parts."
        for f in functions(file.tree)
        if (lines := (f.end_lineno or f.lineno) - f.lineno + 1) > FUNCTION
    ]


def test_no_file_is_longer_than_300_lines() -> None:
    ours = (
        *program(),
        *proofs(),
        *files("imparts", ".js", ".css"),
        *files("scripts", ".py", ".sh"),
    )
    nothing_wrong(wrong for file in ours for wrong in too_long(file, FILE))


def test_no_template_is_longer_than_120_lines() -> None:
    templates = files("imparts", ".jinja", ".html")
    nothing_wrong(wrong for file in templates for wrong in too_long(file, TEMPLATE))


def test_no_function_is_longer_than_40_lines() -> None:
    nothing_wrong(wrong for file in (*program(), *proofs()) for wrong in long_functions(file))


def test_a_file_of_301_lines_is_found() -> None:
    assert too_long(File("x.py", "pass\n" * 301), FILE)
    assert not too_long(File("x.py", "pass\n" * 300), FILE)


def test_a_function_of_41_lines_is_found() -> None:
    assert long_functions(File("x.py", "def f():\n" + "    pass\n" * 40))
    assert not long_functions(File("x.py", "def f():\n" + "    pass\n" * 39))
