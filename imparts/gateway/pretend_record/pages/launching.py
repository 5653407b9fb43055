"""Launching: somebody of this record opens an app for a patient, in a frame or in a tab."""

from collections.abc import Mapping
from html import escape as e

from imparts.gateway.pretend_record.cast import Cast, Person, User, patient_id
from imparts.gateway.pretend_record.pages.frame import framed, options


def picker(cast: Cast, *, app: str, wrong: str = "") -> str:
    """Who is at the screen, and whose notes are open."""
    told = f'<p class="wrong" role="alert">{e(wrong)}</p>' if wrong else ""
    content = f"""<h1>Open imparts for a patient</h1>
<p>As from a button in the patient's notes: SMART App Launch, to {e(app)}.</p>
{told}
<form method="post" action="/launcher" class="picker">
{_patient_and_user(cast)}
<fieldset><legend>Where</legend>
<label><input type="radio" name="where" value="frame" checked> In a frame of this record</label>
<label><input type="radio" name="where" value="tab"> In a tab of its own</label>
</fieldset>
<p><button>Open</button></p>
</form>"""
    return framed("Open imparts", content, here="/launcher")


def _patient_and_user(cast: Cast) -> str:
    people = [(patient_id(each), f"{each.name}, {each.number}") for each in cast.everyone]
    users = [(each.username, f"{each.name} ({each.username})") for each in cast.users]
    return f"""<p><label>Patient<select name="patient">{options(people)}</select></label></p>
<p><label>Signed in here as<select name="user">{options(users)}</select></label></p>"""


def opened(person: Person, user: User, *, address: str, is_framed: bool) -> str:
    """The app in the patient's notes."""
    head = f"""<div class="head"><h1>{e(person.name)} <small>{e(person.number)}</small></h1>
<p class="quiet">{e(user.name)} &middot; <a href="/launcher">Another launch</a></p></div>"""
    if is_framed:
        inside = f'<iframe src="{e(address)}" title="imparts"></iframe>'
    else:
        inside = f"""<p><a class="button" href="{e(address)}" target="_blank">Open in a tab</a></p>
<p class="quiet">The launch counts once, for five minutes.</p>"""
    return framed(person.name, head + inside, here="/launcher")


def sign_in(cast: Cast, asked: Mapping[str, str], *, app: str) -> str:
    """An app came by itself: whoever sits here says for whom and as whom."""
    held = "".join(
        f'<input type="hidden" name="{e(name)}" value="{e(value)}">'
        for name, value in asked.items()
    )
    content = f"""<h1>{e(app)} wants to be let in</h1>
<p>It asks for: {e(asked.get("scope", ""))}</p>
<form method="post" action="/authorize" class="picker">
{held}
{_patient_and_user(cast)}
<p><button>Let it in</button></p>
</form>"""
    return framed("Let an app in", content)


def turned(words: str) -> str:
    """The app asked wrongly, and it is not certain where to send the browser."""
    content = f"""<h1>This app is not let in</h1><p class="wrong" role="alert">{e(words)}</p>
<p><a href="/launcher">Back</a></p>"""
    return framed("Not let in", content)
