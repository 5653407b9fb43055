"""Imports: every file that was brought in here, and the questions of a questionnaire."""

from django.http import Http404

from imparts.library.models import ContentVersion
from imparts.rules.forms.definition import Form, FormItem

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


def questions_of(form: Form) -> tuple[FormItem, ...]:
    """The questions of a form, in order."""
    return tuple(item for item in form.all_items if item.is_question)
