"""Composed: a draft, a version that was handed in, and who stands where; everyone is invented."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client

from imparts.access.models import Staff
from imparts.authoring.actions import drafting
from imparts.authoring.models import PackDraft
from imparts.library import actions as library
from imparts.library.models import ContentVersion
from imparts.organisations.models import Service
from tests.apps.workspace.given import BACKEND
from tests.builders import NOON, TODAY, staff_with

ON_A_MORNING = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("everything_shipped", "a_november_morning"),
]
TOMORROW = date(2026, 11, 18)
FACTS = {
    "name": "Invented clinic", "illness_words": "an invented illness", "asks_who_helps": "on",
    "sources": "The team's meeting of 16 November 2026.", "next_review": "17/11/2027",
}  # fmt: skip
CORE_ROWS = {
    "part-0": "Smoking", "part-1": "Mood", "part-2": "Worry",
    "often-smoking_core": "0", "often-phq9": "0", "often-gad7": "0",
}  # fmt: skip


def browser_of(staff: Staff) -> Client:
    """A browser in which someone is signed in."""
    browser = Client()
    browser.force_login(staff, backend=BACKEND)
    return browser


def text_of(answer: Any) -> str:
    """The page as a person reads it."""
    return unescape(answer.content.decode())


def a_draft(service: Service, *, by: str = "nurse.one", name: str = "Invented clinic") -> PackDraft:
    """A draft with nothing but the core, ready to be handed in."""
    row = drafting.start(service=service, name=name, by=by, on=TODAY, at=NOON)
    return drafting.change(
        row=row, by=by, at=NOON, illness_words=FACTS["illness_words"], sources=FACTS["sources"]
    )


def a_copy(
    service: Service, pack: str = "rheumatology_outpatient", *, by: str = "nurse.one"
) -> PackDraft:
    """A draft that begins as a shipped pack."""
    content = ContentVersion.objects.get(kind="pack", key=pack)
    return drafting.copy(content=content, service=service, name="Ours", by=by, on=TODAY, at=NOON)


def handed_in(row: PackDraft, *, by: str = "nurse.one") -> ContentVersion:
    """The version that a draft became."""
    return drafting.hand_in(row=row, by=by, on=TODAY, at=NOON)


def sign(content: ContentVersion, *, by: str = "consultant.one") -> None:
    """A second person's signature."""
    library.sign(content=content, by=by, as_role="Consultant", statement="I have read it.", at=NOON)


def read_on(browser: Client, where: str) -> dict[str, str]:
    """What a page for signing says that its reader was shown, version by version."""
    shown = re.findall(r'name="(read-\d+)" value="(\w+)"', text_of(browser.get(where)))
    return {"stands_for_it": "on", **dict(shown)}


def signs(browser: Client, content: ContentVersion):
    """Read the page of a version, and sign it there."""
    where = f"/library/versions/{content.pk}/"
    return browser.post(f"{where}sign/", read_on(browser, where))


def sign_what_is_shipped() -> None:
    """As a site has done it that goes live: every shipped text is signed."""
    for content in ContentVersion.objects.filter(is_shipped=True):
        sign(content, by="safety.one")


def two_at(service: Service) -> tuple[Staff, Staff]:
    """A nurse who composes and a consultant who signs."""
    return (
        staff_with("nurse", service, username="nurse.one"),
        staff_with("consultant", service, username="consultant.one"),
    )
