"""Sent: one message, a whole day, or any text, sent to imparts; and what it answered."""

from html import escape as e

from imparts.gateway.pretend_record.cast import Cast
from imparts.gateway.pretend_record.day.script import KINDS
from imparts.gateway.pretend_record.ledger import Entry
from imparts.gateway.pretend_record.pages.frame import clock, framed, options

_SHOWN = 100
_EXAMPLE = "MSH|^~\\&|PRETEND|DEMO-FERN|IMPARTS|DEMO-FERN|..."


def page(
    cast: Cast, entries: list[Entry], *, to: str, playing: str, wrong: str = "", typed: str = ""
) -> str:
    """What can be sent, and what was."""
    told = f'<p class="wrong" role="alert">{e(wrong)}</p>' if wrong else ""
    busy = f"<p><b>{e(playing)}</b></p>" if playing else ""
    content = f"""<div class="head"><h1>Send to imparts</h1>
<p class="quiet">To {e(to)} by MLLP, as application PRETEND</p></div>
{told}{busy}
<div class="three">
{_one(cast)}
<form method="post" action="/play/day">
<h2>A day</h2>
<p>Admissions, appointments, measures and two numbers joined, in order, with a repeat and a message
that comes late. It meets patients of the demonstration.</p>
<p><button>Play a day</button></p>
</form>
{_text(typed)}
</div>
{_table(entries[:_SHOWN])}"""
    return framed("Send to imparts", content, here="/play")


def _one(cast: Cast) -> str:
    kinds = [(kind, f"{kind} {words}") for kind, words in KINDS.items()]
    people = [
        (f"{each.organisation} {each.number}", f"{each.name}, {each.number}")
        for each in cast.everyone
    ]
    return f"""<form method="post" action="/play/one">
<h2>One message</h2>
<p><label>What<select name="kind">{options(kinds, "A08")}</select></label></p>
<p><label>About<select name="person">{options(people)}</select></label></p>
<p><button>Send one</button></p>
</form>"""


def _text(typed: str) -> str:
    return f"""<form method="post" action="/play/text">
<h2>Any text</h2>
<p><label>A message, one segment a line
<textarea name="text" rows="4" placeholder="{e(_EXAMPLE)}">{e(typed)}</textarea></label></p>
<p><button>Send this text</button></p>
</form>"""


def _table(entries: list[Entry]) -> str:
    if not entries:
        return '<p class="quiet">Nothing was sent yet.</p>'
    rows = "".join(_row(entry) for entry in entries)
    return f"""<table>
<thead><tr><th scope="col">Time</th><th scope="col">What</th><th scope="col">Answer</th>
<th scope="col">In words</th></tr></thead>
<tbody>{rows}</tbody>
</table>"""


def _row(entry: Entry) -> str:
    said = e(entry.said) if entry.said else '<span class="mark">none</span>'
    return (
        f'<tr><td class="number">{clock(entry.received_at)}</td>'
        f'<td><a href="/message/{entry.number}">{e(entry.title)}</a></td>'
        f"<td><b>{said}</b></td><td>{e(entry.words)}</td></tr>"
    )
