"""Pages of the pretend record: what came, in words, and the buttons that make it misbehave."""

from collections.abc import Iterable
from datetime import datetime
from html import escape as e
from zoneinfo import ZoneInfo

from imparts.gateway.pretend_record.in_words import InWords, Line, in_words
from imparts.gateway.pretend_record.ledger import Entry, Ledger
from imparts.gateway.pretend_record.moods import WORDS, Mood, Temper

_CLOCKS = ZoneInfo("Europe/London")
_FRAME = """<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} - Pretend hospital record</title>
<link rel="stylesheet" href="/look.css">
</head>
<body>
<header><a href="/">Pretend hospital record</a></header>
<p class="strip">Demonstration. Every person, number and message here is invented.</p>
<main>
{content}
</main>
</body>
</html>
"""


def list_page(ledger: Ledger, temper: Temper, *, is_still: bool) -> str:
    """Everything that came, the newest first."""
    moving = (
        '<a href="/">Update by itself</a>'
        if is_still
        else 'Updating by itself. <a href="/?still">Hold still</a>'
    )
    content = f"""<div class="head"><h1>Results received</h1><p class="quiet">{moving}</p></div>
<p><b>{ledger.kept}</b> stored, from <b>{ledger.count}</b> received.</p>
{_moods(temper)}
{_table(ledger.newest()[:100])}"""
    return _FRAME.format(title="Results received", content=content)


def _moods(temper: Temper) -> str:
    left = "" if temper.left is None else f", for {temper.left} more"
    buttons = "".join(
        f'<button name="mood" value="{mood}"{" class=now" if mood is temper.mood else ""}>'
        f"{e(WORDS[mood])}</button>"
        for mood in Mood
    )
    return f"""<form method="post" action="/mood" class="moods">
<h2>How it behaves</h2>
<p>Now: <b>{e(WORDS[temper.mood])}</b>{left}</p>
<div>{buttons}</div>
</form>"""


def _table(entries: list[Entry]) -> str:
    if not entries:
        return '<p class="quiet">Nothing has come yet.</p>'
    rows = "".join(_row(entry, in_words(entry.text)) for entry in entries)
    return f"""<table>
<thead><tr><th scope="col">Time</th><th scope="col">Patient</th><th scope="col">Result</th>
<th scope="col">Status</th><th scope="col">What became of it</th></tr></thead>
<tbody>{rows}</tbody>
</table>"""


def _row(entry: Entry, said: InWords | None) -> str:
    link = f'<a href="/message/{entry.number}">{{}}</a>'
    time = f'<td class="number">{_clock(entry.received_at)}</td>'
    if said is None:
        what = link.format("A message that cannot be read")
        return f"<tr>{time}<td colspan=3>{what}</td><td>{e(_fate(entry))}</td></tr>"
    quiet = "" if entry.is_kept and not entry.is_repeat else ' class="quiet"'
    return (
        f"<tr{quiet}>{time}<td>{link.format(e(said.patient))} {e(said.born)}</td>"
        f"<td>{e(said.title)}: <b>{e(said.gist)}</b></td><td>{e(said.status)}</td>"
        f"<td>{e(_fate(entry))}</td></tr>"
    )


def _fate(entry: Entry) -> str:
    """What the record did with a message, in words."""
    done = "Stored" if entry.is_kept else "Not stored"
    done = "Had it already" if entry.is_repeat else done
    said = f"answered {entry.said}" if entry.said else "not answered"
    mood = "" if entry.mood == Mood.NORMAL else f" ({WORDS[Mood(entry.mood)].lower()})"
    words = f": {entry.words}" if entry.words else ""
    return f"{done}, {said}{words}{mood}"


def message_page(entry: Entry) -> str:
    """One message, in words and as it came."""
    said = in_words(entry.text)
    raw = e(entry.text.replace("\r", "\n"))
    content = f"""<p><a href="/">All results</a></p>
{_in_words(said) if said else "<h1>A message that cannot be read</h1>"}
<p>{e(_fate(entry))}. Received {_clock(entry.received_at)}.
Control id <code>{e(entry.control_id)}</code></p>
<h2>As it came</h2>
<pre tabindex="0">{raw}</pre>"""
    return _FRAME.format(title="One result", content=content)


def _in_words(said: InWords) -> str:
    numbers = " &middot; ".join(e(each) for each in said.numbers)
    rows = "".join(_observation(line) for line in said.lines)
    return f"""<h1>{e(said.patient)} <small>{e(said.born)}</small></h1>
<p>{numbers}</p>
<h2>{e(said.title)}, {e(said.status)}</h2>
<p>{e(said.place)}, answered {e(said.answered_at)}.</p>
{_notes(said.notes)}
<table>
<thead><tr><th scope="col">What</th><th scope="col">Value</th><th scope="col">Status</th>
</tr></thead>
<tbody>{rows}</tbody>
</table>"""


def _observation(line: Line) -> str:
    mark = f' <span class="mark">{e(line.mark)}</span>' if line.mark else ""
    return (
        f"<tr><td>{e(line.what)}</td><td><b>{e(line.value)}</b>{mark}{_notes(line.notes)}</td>"
        f"<td>{e(line.status)}</td></tr>"
    )


def _notes(notes: Iterable[str]) -> str:
    return "".join(f'<p class="quiet">{e(note)}</p>' for note in notes)


def not_found_page() -> str:
    """Nothing is here."""
    return _FRAME.format(
        title="Not found",
        content='<h1>There is nothing here</h1><p><a href="/">All results</a></p>',
    )


def _clock(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone(_CLOCKS).strftime("%H:%M:%S")
