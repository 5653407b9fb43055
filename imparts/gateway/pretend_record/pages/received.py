"""Received: what came, in words, and the buttons that make this record misbehave."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from html import escape as e
from typing import TypeVar

from imparts.gateway.pretend_record.fhir import moods as fhir_moods
from imparts.gateway.pretend_record.fhir.moods import FhirMood
from imparts.gateway.pretend_record.in_words import InWords, Line, in_words
from imparts.gateway.pretend_record.ledger import Entry, Ledger, Way
from imparts.gateway.pretend_record.moods import WORDS, Mood, Temper
from imparts.gateway.pretend_record.pages.frame import clock, framed

_SHOWN = 100
_M = TypeVar("_M", bound=StrEnum)


def list_page(
    ledger: Ledger, temper: Temper[Mood], fhir: Temper[FhirMood], *, is_still: bool
) -> str:
    """Everything that came, the newest first."""
    moving = (
        '<a href="/">Update by itself</a>'
        if is_still
        else 'Updating by itself. <a href="/?still">Hold still</a>'
    )
    came = [entry for entry in ledger.newest() if entry.way != Way.HL7_OUT]
    content = f"""<div class="head"><h1>Received from imparts</h1>
<p class="quiet">{moving}</p></div>
<p><b>{ledger.kept}</b> stored, from <b>{ledger.received}</b> received.</p>
<p>HL7 v2 now: <b>{e(WORDS[temper.mood])}</b>{_left(temper)}. FHIR now:
<b>{e(fhir_moods.WORDS[fhir.mood])}</b>{_left(fhir)}. <a href="/moods">Change how it behaves</a></p>
{_table(came[:_SHOWN])}"""
    return framed("Received from imparts", content, here="/")


def moods_page(temper: Temper[Mood], fhir: Temper[FhirMood]) -> str:
    """The buttons that make this record misbehave."""
    content = f"""<h1>How this record behaves</h1>
<p>Each is something that real records, and what stands before them, have done. It lasts until
another is chosen.</p>
{_moods("HL7 v2: how it answers messages", "hl7", temper, WORDS)}
{_moods("FHIR: how it answers requests", "fhir", fhir, fhir_moods.WORDS)}"""
    return framed("How this record behaves", content, here="/moods")


def _left(temper: Temper[_M]) -> str:
    return "" if temper.left is None else f", for {temper.left} more"


def _moods(title: str, side: str, temper: Temper[_M], words: Mapping[_M, str]) -> str:
    buttons = "".join(
        f'<button name="mood" value="{mood}"{" class=now" if mood is temper.mood else ""}>'
        f"{e(said)}</button>"
        for mood, said in words.items()
    )
    return f"""<form method="post" action="/mood" class="moods">
<h2>{title}</h2>
<p>Now: <b>{e(words[temper.mood])}</b>{_left(temper)}</p>
<input type="hidden" name="side" value="{side}">
<div>{buttons}</div>
</form>"""


def _table(entries: list[Entry]) -> str:
    if not entries:
        return '<p class="quiet">Nothing has come yet.</p>'
    rows = "".join(_row(entry) for entry in entries)
    return f"""<table>
<thead><tr><th scope="col">Time</th><th scope="col">Patient</th><th scope="col">What</th>
<th scope="col">Status</th><th scope="col">What became of it</th></tr></thead>
<tbody>{rows}</tbody>
</table>"""


def _row(entry: Entry) -> str:
    link = f'<a href="/message/{entry.number}">{{}}</a>'
    time = f'<td class="number">{clock(entry.received_at)}</td>'
    fate = f'<td class="fate">{e(_fate(entry))}</td>'
    if entry.way == Way.FHIR_IN:
        who, by = (entry.about, entry.title) if entry.about else (entry.title, "")
        what = f'{link.format(e(who))} <span class="quiet">FHIR {e(by)}</span>'
        return f'<tr>{time}<td>{what}</td><td colspan="2">{e(entry.answer)}</td>{fate}</tr>'
    said = in_words(entry.text)
    if said is None:
        what = link.format("A message that cannot be read")
        return f'<tr>{time}<td colspan="3">{what}</td>{fate}</tr>'
    quiet = "" if entry.is_kept and not entry.is_repeat else ' class="quiet"'
    return (
        f"<tr{quiet}>{time}<td>{link.format(e(said.patient))} {e(said.born)}</td>"
        f"<td>{e(said.title)}: <b>{e(said.gist)}</b></td><td>{e(said.status)}</td>{fate}</tr>"
    )


def _fate(entry: Entry) -> str:
    """What the record did with a message, in words."""
    done = "Stored" if entry.is_kept else "Not stored"
    if entry.way == Way.FHIR_IN and entry.title.startswith("GET"):
        done = "Asked"
    done = "Had it already" if entry.is_repeat else done
    said = f"answered {entry.said}" if entry.said else "not answered"
    words = f": {entry.words}" if entry.words else ""
    return f"{done}, {said}{words}{_mood_of(entry)}"


def _mood_of(entry: Entry) -> str:
    if entry.mood == Mood.NORMAL:
        return ""
    if entry.way == Way.FHIR_IN:
        return f" ({fhir_moods.WORDS[FhirMood(entry.mood)].lower()})"
    return f" ({WORDS[Mood(entry.mood)].lower()})"


def message_page(entry: Entry) -> str:
    """One message, in words and as it came, or was sent."""
    if entry.way != Way.HL7_IN:
        return _other_page(entry)
    said = in_words(entry.text)
    content = f"""<p><a href="/">Everything received</a></p>
{_in_words(said) if said else "<h1>A message that cannot be read</h1>"}
<p>{e(_fate(entry))}. Received {clock(entry.received_at)}.
Control id <code>{e(entry.control_id)}</code></p>
<h2>As it came</h2>
{_raw(entry.text)}"""
    return framed("One result", content)


def _other_page(entry: Entry) -> str:
    """A request to the FHIR server, or a message that was sent."""
    if entry.way == Way.FHIR_IN:
        back, fate = ("/", "Everything received"), f"{_fate(entry)}. {entry.answer}"
    else:
        said = f"Answered {entry.said}" if entry.said else "Not answered"
        back, fate = ("/play", "Everything sent"), f"{said}. {entry.words}"
    content = f"""<p><a href="{back[0]}">{back[1]}</a></p>
<h1>{e(entry.title)}</h1>
<p>{e(fate)}</p>
<h2>{"As it came" if entry.way == Way.FHIR_IN else "As it was sent"}</h2>
{_raw(entry.text)}"""
    if entry.way == Way.HL7_OUT and entry.answer:
        content += f"<h2>The answer</h2>{_raw(entry.answer)}"
    return framed(entry.title, content)


def _raw(text: str) -> str:
    shown = text.replace("\r", "\n") or "(nothing)"
    return f'<pre tabindex="0">{e(shown)}</pre>'


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
