"""Imports: the forms of this site, what each import found, and what is still to be looked at."""

import hashlib
from functools import lru_cache

from django.http import Http404

from imparts.library import queries as library
from imparts.library.models import ContentVersion, HarmReview
from imparts.rules.forms.definition import Form, FormItem, ImportReport
from imparts.rules.forms.reader import read_form
from imparts.rules.wording.kept import kept_with
from imparts.rules.wording.reader import belongs_to

Kind = ContentVersion.Kind


def brought_in() -> list[ContentVersion]:
    """Every file that was brought in here, newest first; packs are composed, not brought in."""
    kinds = (Kind.FORM, Kind.WORDING, Kind.PAGE_WORDS, Kind.PATIENT_TEXT)
    rows = ContentVersion.objects.filter(kind__in=kinds, is_shipped=False)
    return list(rows.defer("body").order_by("-id"))


def form_version(content_id: int) -> ContentVersion:
    """One imported questionnaire; 404 when there is none."""
    found = ContentVersion.objects.filter(kind=Kind.FORM, pk=content_id).first()
    if found is None:
        raise Http404
    return found


@lru_cache(maxsize=32)
def report_of(content_id: int) -> ImportReport:
    """What the import of a form found; the same each time, since a version never changes."""
    body = ContentVersion.objects.values_list("body", flat=True).get(pk=content_id)
    return read_form(body)[1]


def questions_of(form: Form) -> tuple[FormItem, ...]:
    """The questions of a form, in order."""
    return tuple(item for item in form.all_items if item.is_question)


def last_review(content_id: int) -> HarmReview | None:
    """What was confirmed last about a form's questions."""
    return library.harm_review_of(content_id)


def version_with_text(kind: str, text: str) -> ContentVersion:
    """The version that a text has become."""
    body = text
    if kind == Kind.WORDING:
        body = kept_with(library.structure_for(*belongs_to(text)), text)
    sha256 = hashlib.sha256(body.encode()).hexdigest()
    return ContentVersion.objects.get(sha256=sha256)
