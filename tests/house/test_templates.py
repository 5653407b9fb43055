"""Templates: markup only; no script or style inside, nothing fetched from elsewhere."""

import re

from tests.house.reading import File, files, nothing_wrong

_INSIDE = re.compile(
    r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle=[\"']|\son[a-z]+=[\"']|javascript:",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"<(script|link|img|iframe|source|audio|video)\b[^>]*\b(src|href)=[\"'](https?:)?//",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


def script_or_style_inside(file: File) -> list[str]:
    """What the page's own security policy would refuse to run."""
    return [
        f"{file.path}: {found.group().strip()!r} belongs in static/, as a file"
        for found in _INSIDE.finditer(_COMMENT.sub("", file.text))
    ]


def fetched_from_elsewhere(file: File) -> list[str]:
    """Anything a page would ask another host for: it would learn who looks at what."""
    return [
        f"{file.path}: {found.group()!r} is fetched from another host; keep a copy in static/"
        for found in _ELSEWHERE.finditer(_COMMENT.sub("", file.text))
    ]


def test_no_template_holds_script_or_style() -> None:
    pages = files("imparts", ".jinja", ".html")
    nothing_wrong(wrong for file in pages for wrong in script_or_style_inside(file))


def test_no_page_fetches_anything_from_another_host() -> None:
    pages = files("imparts", ".jinja", ".html")
    nothing_wrong(wrong for file in pages for wrong in fetched_from_elsewhere(file))


def test_script_or_style_inside_a_template_is_found() -> None:
    for bad in ("<script>x()</script>", '<p style="color:red">', '<a onclick="x()">', "<style>"):
        assert script_or_style_inside(File("x.jinja", bad)), bad
    good = '<script type="module" src="{{ static("x.js") }}"></script>{# style="x" #}'
    assert not script_or_style_inside(File("x.jinja", good))


def test_a_fetch_from_another_host_is_found() -> None:
    assert fetched_from_elsewhere(File("x.jinja", '<img src="https://example.org/x.png">'))
    assert not fetched_from_elsewhere(File("x.jinja", '<img src="{{ static("x.png") }}">'))
