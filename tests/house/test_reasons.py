"""Reasons: whoever silences a check, skips a test or trusts a text says why, in place."""

import re

from tests.house.reading import File, files, nothing_wrong, program, proofs

_SILENCED = re.compile(
    r"#\s*(?P<mark>noqa|type:\s*ignore|nosec|pragma:\s*no cover)"
    r"(?P<codes>(:\s*[A-Z]+\d+([,\s]+[A-Z]+\d+)*)|(\[[\w,\- ]+\]))?(?P<rest>.*)$"
)
_SKIPPED = re.compile(r"pytest\.(mark\.)?(skip|skipif|xfail)\b(?P<rest>.*)$")
_TRUSTED = re.compile(r"\|\s*safe\b|mark_safe|Markup\(")


def silenced_without_a_reason(file: File) -> list[str]:
    """Lint or type checks turned off without saying why, or for everything at once."""
    wrong = []
    for number, line in enumerate(file.text.splitlines(), start=1):
        found = _SILENCED.search(line)
        if found and not (found["codes"] and len(found["rest"].strip(" #-:.").split()) >= 2):
            wrong.append(
                f"{file.path}:{number} names the check and the reason on the line: "
                "type: ignore[arg-type]  # the library's hint is wrong"
            )
    return wrong


def skipped_without_a_reason(file: File) -> list[str]:
    """Tests that are passed over in silence."""
    return [
        f"{file.path}:{number} say in the call why the test cannot run, and how to make it run"
        for number, line in enumerate(file.text.splitlines(), start=1)
        if (found := _SKIPPED.search(line)) and not re.search(r"[\"'].{12,}", found["rest"])
    ]


def trusted_without_a_reason(file: File) -> list[str]:
    """Text put on a page without escaping, with no comment beside it that says why it is safe."""
    lines = file.text.splitlines()
    return [
        f"{file.path}:{number + 1} escaping is off; write beside it why nothing typed can get in"
        for number, line in enumerate(lines)
        if _TRUSTED.search(line)
        and not re.search(r"#", line + (lines[number - 1] if number else ""))
    ]


def _python() -> tuple[File, ...]:
    mine = "tests/house/test_reasons.py"  # its own samples would be found
    return tuple(file for file in (*program(), *proofs()) if file.path != mine)


def test_every_silenced_check_says_why() -> None:
    nothing_wrong(wrong for file in _python() for wrong in silenced_without_a_reason(file))


def test_every_skipped_test_says_why() -> None:
    nothing_wrong(wrong for file in _python() for wrong in skipped_without_a_reason(file))


def test_every_text_that_is_not_escaped_says_why() -> None:
    shown = (*program(), *files("imparts", ".jinja"))
    nothing_wrong(wrong for file in shown for wrong in trusted_without_a_reason(file))


def test_a_check_silenced_without_a_reason_is_found() -> None:
    for bad in ("x = 1  # noqa", "x = 1  # noqa: F401", "x = y  # type: ignore[arg-type]"):
        assert silenced_without_a_reason(File("x.py", bad)), bad
    for good in (
        "x = 1  # noqa: F401 the app registry looks for it",
        "x = y  # type: ignore[arg-type]  # the stubs know no Decimal here",
        "x = 1  # why, not what",
    ):
        assert not silenced_without_a_reason(File("x.py", good)), good


def test_a_test_skipped_without_a_reason_is_found() -> None:
    assert skipped_without_a_reason(File("x.py", "@pytest.mark.skip"))
    assert not skipped_without_a_reason(File("x.py", "pytest.skip('needs a second machine')"))


def test_unescaped_text_without_a_reason_is_found() -> None:
    assert trusted_without_a_reason(File("x.jinja", "{{ name|safe }}"))
    assert not trusted_without_a_reason(File("x.jinja", "{# drawn by us #}\n{{ bars|safe }}"))
