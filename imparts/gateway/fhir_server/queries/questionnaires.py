"""The library as Questionnaires: of each the version that may be asked here, else the newest."""

import re
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from imparts.design.dates import local
from imparts.gateway.fhir.addresses import (
    Addresses,
    published_codes,
    result_codes,
)
from imparts.gateway.fhir.notices import as_it_may_leave
from imparts.gateway.fhir.questionnaire import questionnaire_of
from imparts.gateway.fhir_server.parameters import NOBODY, Code
from imparts.gateway.fhir_server.queries.seen import stamped
from imparts.gateway.fhir_server.registry import Json, Reader
from imparts.library import queries as library
from imparts.library.models import ContentVersion
from imparts.rules.forms.definition import Form

_NOT_IN_IDS = re.compile("[^A-Za-z0-9.-]")


def rows(reader: Reader) -> QuerySet[ContentVersion]:
    """One version of each instrument and form. Wordings hold no patient; anyone let in reads."""
    standing = {one.pk for one in library.standing_now(on=reader.on)}
    return ContentVersion.objects.filter(pk__in=standing).defer("body")


def named(written: str) -> Q | None:
    """Which questionnaire an id names: its key, whose underscores are dashes in an id."""
    found = [key for key in _keys() if id_of(key) == written]
    return Q(key__in=found) if found else None


def with_url(url: str, reader: Reader) -> Q:
    """Those with a canonical address, with or without a version."""
    key, version = named_by_url(url)
    if not key:
        return NOBODY
    return Q(key=key, version=version) if version else Q(key=key)


def named_by_url(url: str) -> tuple[str, str]:
    """The key and the version (perhaps empty) of a canonical address; no key where it is not ours.

    Nothing is taken to be ours that merely looks alike: another site's PHQ-9 may be another one.
    """
    address, _, version = url.partition("|")
    start = f"{Addresses().base}/Questionnaire/"
    if address.startswith(start) or address.startswith("Questionnaire/"):
        name = address.rpartition("/")[2]
        return next((key for key in _keys() if name in (key, id_of(key))), ""), version
    forms = library.newest_forms()
    return next((key for key, form in forms.items() if form.url == address), ""), version


def id_of(key: str) -> str:
    """A key as an id of FHIR."""
    return _NOT_IN_IDS.sub("-", key)[:64]


def canonical_of(content_id: int) -> str:
    """The address under which answers to a version are sent, with the version."""
    if library.is_form(content_id):
        form = library.form_of(content_id)
        return f"{form.url or form.key}|{form.version}"
    return Addresses().version(library.instrument_of(content_id))


def with_code(asked: Code, reader: Reader) -> Q:
    """Those with a code: of the whole, or of their result."""
    found = [
        key
        for key, one in library.newest_instruments().items()
        for each in (
            *published_codes(one, ("panel", "instrument")),
            *result_codes(one, Addresses()),
        )
        if each["code"] == asked.code and asked.system in (None, each["system"])
    ]
    if asked.system in (None, Addresses().system("instruments")):
        found.append(asked.code)
    return Q(key__in=found)


def titled(words: str) -> Q:
    """Those whose title begins like this, or has a word that does."""
    wanted = words.casefold()
    found = [
        key
        for key, title in _titles().items()
        if any(part.startswith(wanted) for part in (title, *title.split()))
    ]
    return Q(key__in=found)


def standing(asked: Code, reader: Reader) -> Q:
    """Those that are active (signed here) or draft."""
    now = library.standing_now(on=reader.on)
    signed = [one.pk for one in now if _signed_at(one) is not None]
    ways = {"active": Q(pk__in=signed), "draft": ~Q(pk__in=signed)}
    return ways.get(asked.code, NOBODY)


def render(found: Sequence[ContentVersion], reader: Reader) -> list[Json]:
    """Each as its file says, with our words, or as its author wrote it."""
    signed = {one.pk: _signed_at(one) for one in library.standing_now(on=reader.on)}
    made = []
    for row in found:
        if library.is_form(row.pk):
            made.append(stamped(_of_form(library.form_of(row.pk), row.key), row.loaded_at))
            continue
        instrument = as_it_may_leave(library.instrument_of(row.pk), on=reader.on)
        moment = signed.get(row.pk)
        on = local(moment).date() if moment else None
        made.append(
            stamped(questionnaire_of(instrument, on=reader.on, signed_on=on), row.loaded_at)
        )
    return made


def _signed_at(content: ContentVersion) -> datetime | None:
    """As the library annotates it."""
    return getattr(content, "signed_at", None)


def _of_form(form: Form, key: str) -> Json:
    resource: Json = dict(form.resource)
    return {"resourceType": "Questionnaire"} | resource | {"id": id_of(key)}


def _keys() -> list[str]:
    return [*library.newest_instruments(), *library.newest_forms()]


def _titles() -> dict[str, str]:
    titles = {key: one.title.casefold() for key, one in library.newest_instruments().items()}
    return titles | {key: one.title.casefold() for key, one in library.newest_forms().items()}
