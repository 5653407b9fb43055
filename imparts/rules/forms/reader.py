"""From the text of a FHIR R4 Questionnaire to a Form and a report, or a sentence that says why not.

Reading only: nothing is fetched, whatever address a file names.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from imparts.rules.content import ContentRefused
from imparts.rules.forms import scope
from imparts.rules.forms.definition import Expression, Form, FormItem, ImportReport
from imparts.rules.forms.filling import fill
from imparts.rules.forms.languages import whole_languages
from imparts.rules.forms.ordering import order_of
from imparts.rules.forms.reading import vocabulary as v
from imparts.rules.forms.reading.extensions import Extensions
from imparts.rules.forms.reading.item_parts import read_variables
from imparts.rules.forms.reading.item_reader import ItemReader
from imparts.rules.forms.reading.json_text import load
from imparts.rules.forms.reading.keys import Keys
from imparts.rules.forms.reading.mending import mend
from imparts.rules.forms.reading.notes import Notes
from imparts.rules.forms.reading.values_reader import coding_of
from imparts.rules.forms.suspects import harm_suspects

STATES = ("draft", "active", "retired", "unknown")
# Keys of R4 that describe a questionnaire and ask for nothing.
_ABOUT = (
    "resourceType", "id", "meta", "implicitRules", "text", "contained", "modifierExtension",
    "identifier", "name", "derivedFrom", "experimental", "subjectType", "date", "contact",
    "useContext", "jurisdiction", "purpose", "approvalDate", "lastReviewDate", "effectivePeriod",
    "item",
)  # fmt: skip


def read_form(text: str) -> tuple[Form, ImportReport]:
    """The form that a file holds, and what became of it; ContentRefused says why there is none."""
    notes = Notes()
    try:
        return _read(text, notes)
    except RecursionError:
        raise ContentRefused("the questionnaire is nested too deeply") from None


def _read(text: str, notes: Notes) -> tuple[Form, ImportReport]:
    resource = mend(load(text, notes), notes)
    form = _form(resource, ItemReader(resource, notes).read(), text, notes)
    form = _without_unknown_names(form, notes)
    if not any(item.may_be_asked for item in form.all_items):
        raise ContentRefused("the questionnaire holds no question that can be asked here")
    order_of(form)
    for problem in fill(form, {}).problems:
        notes.warn(problem.link_id, problem.what, f"before the first answer: {problem.sentence}")
    return form, notes.report(harm_suspects(form, notes))


def _form(
    resource: Mapping[str, Any], items: tuple[FormItem, ...], text: str, notes: Notes
) -> Form:
    keys = Keys(resource, "", notes)
    name, local_id = resource.get("name"), resource.get("id")
    keys.pass_over(*_ABOUT)
    extensions = Extensions(keys.take("extension"), "", notes)
    beside = Extensions(keys.beside("title").get("extension"), "", notes)
    url, titles = keys.text("url"), beside.translations()
    title = keys.text("title").strip() or str(name or local_id or "Untitled questionnaire")
    if not resource.get("title"):
        keys.warn("title", f"it has no title; it is called {title[:80]!r}")
    made = Form(
        key=_key(url or str(name or local_id or title)),
        url=url,
        version=keys.text("version") or _own_version(resource, text),
        title=title,
        status=_status(keys),
        copyright=keys.text("copyright"),
        languages=whole_languages(_language(keys), titles, items, notes),
        items=items,
        titles=titles,
        publisher=keys.text("publisher"),
        description=keys.text("description"),
        codes=tuple(code for one in keys.objects("code") if (code := coding_of(one))),
        variables=read_variables(extensions),
        resource=resource,
    )
    _read_launch_context(extensions)
    for some in (extensions, beside):
        some.end()
    keys.end()
    return made


def _own_version(resource: Mapping[str, Any], text: str) -> str:
    """What a file without a version is called: the date that it bears, or a mark of its text."""
    dated = resource.get("date")
    mark = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
    return dated[:10] if isinstance(dated, str) and dated else f"file-{mark}"


def _key(wanted: str) -> str:
    last = wanted.rstrip("/").rsplit("/", 1)[-1].split("|")[0].lower()
    return re.sub(r"[^a-z0-9]+", "-", last).strip("-")[:60] or "form"


def _status(keys: Keys) -> str:
    status = keys.text("status")
    if status not in STATES:
        keys.warn("status", "it is missing or not one of FHIR's; read as unknown")
        return "unknown"
    if status == "retired":
        keys.warn("status", "its author has withdrawn this questionnaire")
    return status


def _language(keys: Keys) -> str:
    language = keys.text("language").strip()
    if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}", language):
        return language
    keys.warn("language", "it names no language that is known; English is assumed")
    return "en"


def _read_launch_context(extensions: Extensions) -> None:
    for held in extensions.take(v.LAUNCH_CONTEXT):
        parts = Extensions(held.get("extension"), "", extensions.notes)
        coding = coding_of(parts.one("name").get("valueCoding"))
        name = coding.code if coding else parts.words("name")
        if name == "patient":
            extensions.notes.honour("launch context patient")
        else:
            said = f"%{name[:40]} is not told; only %patient is, with name, birth date and gender"
            extensions.notes.not_honour("", v.LAUNCH_CONTEXT, said)


def _without_unknown_names(form: Form, notes: Notes) -> Form:
    """The form without expressions that name what nobody tells them; each is in the report."""
    items = tuple(_known(form, item, notes) for item in form.items)
    return replace(form, items=items) if items != form.items else form


def _known(form: Form, item: FormItem, notes: Notes) -> FormItem:
    changed: dict[str, Any] = {}
    for field, otherwise in _EXPRESSIONS.items():
        expression: Expression | None = getattr(item, field)
        if expression is None:
            continue
        unknown = sorted(scope.unknown_names(form, expression.text, item.link_id))
        if unknown:
            changed[field] = None
            said = f"the expression names %{unknown[0][:40]}, which nothing stands for; {otherwise}"
            notes.not_honour(item.link_id, field.replace("_", " "), said)
        else:
            notes.honour(f"expressions: {field.replace('_', ' ')}")
    inner = tuple(_known(form, under, notes) for under in item.items)
    if inner != item.items:
        changed["items"] = inner
    return replace(item, **changed) if changed else item


_EXPRESSIONS = {
    "calculated": "it is not worked out",
    "initial_expression": "no first value is worked out",
    "enable_expression": "the item always applies",
}
