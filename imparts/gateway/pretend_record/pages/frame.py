"""Frame: what all pages of the pretend record have."""

from datetime import datetime
from html import escape as e

from imparts.gateway.hl7v2.moments import UNITED_KINGDOM

_PLACES = (("/", "Received"), ("/play", "Send"), ("/launcher", "Open imparts"),
           ("/moods", "Behaviour"))  # fmt: skip
_FRAME = """<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} - Pretend hospital record</title>
<link rel="stylesheet" href="/look.css">
</head>
<body>
<header><a class="name" href="/">Pretend hospital record</a><nav>{places}</nav></header>
<p class="strip">Demonstration. Every person, number and message here is invented.</p>
<main>
{content}
</main>
</body>
</html>
"""


def framed(title: str, content: str, *, here: str = "") -> str:
    """A whole page."""
    places = "".join(
        f'<a href="{path}"{" aria-current=page" if path == here else ""}>{words}</a>'
        for path, words in _PLACES
    )
    return _FRAME.format(title=e(title), places=places, content=content)


def policy(*, forms: str = "'self'", frames: str = "'none'") -> tuple[tuple[str, str], ...]:
    """The header that says what a page may do, where its forms may lead and what it may frame."""
    told = (
        "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
        f"form-action {forms}; frame-src {frames}"
    )
    return (("Content-Security-Policy", told),)


def not_found() -> str:
    """Nothing is here."""
    content = '<h1>There is nothing here</h1><p><a href="/">Everything received</a></p>'
    return framed("Not found", content)


def clock(moment: str) -> str:
    """The time of day, on the hospital's clocks."""
    return datetime.fromisoformat(moment).astimezone(UNITED_KINGDOM).strftime("%H:%M:%S")


def options(pairs: list[tuple[str, str]], chosen: str = "") -> str:
    """The options of a list to choose from."""
    return "".join(
        f'<option value="{e(value)}"{" selected" if value == chosen else ""}>{e(words)}</option>'
        for value, words in pairs
    )
