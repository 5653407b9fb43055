"""Who changes and signs a pathway, each at a browser, and a draft as the picture shows it."""

import re
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any

from django.test import Client

from imparts.authoring.models import PathwayDraft
from imparts.library.models import ContentVersion
from imparts.organisations.models import Service
from tests.apps.workspace.given import BACKEND
from tests.builders import NOON, a_service, staff_with

KEY = "depression_in_outpatients"
AT_17 = {"phq9": {"q1": 3, "q2": 3, "q3": 3, "q4": 3, "q5": 3, "q6": 2}}
TODAY_TYPED, TOMORROW = "17/11/2026", date(2026, 11, 18)


@dataclass
class Desks:
    """A service and everyone whose signature a change may need."""

    service: Service
    lead: Client
    second: Client
    liaison: Client
    psychologist: Client
    safety: Client
    patient_rep: Client

    @property
    def where(self) -> str:
        """The mood pathway of the service."""
        return f"/pathways/{self.service.pk}/{KEY}/"


def browser(role: str, service: Service, *, username: str = "") -> Client:
    """A browser in which someone with a role is signed in."""
    made = Client()
    made.force_login(staff_with(role, service, username=username), backend=BACKEND)
    return made


def desks() -> Desks:
    """Everyone at a rheumatology service that follows every shipped pathway."""
    service = a_service()
    return Desks(
        service,
        lead=browser("consultant", service, username="lead.one"),
        second=browser("consultant", service, username="second.one"),
        liaison=browser("liaison", service, username="liaison.one"),
        psychologist=browser("psychologist", service, username="psychologist.one"),
        safety=browser("safety", service, username="safety.one"),
        patient_rep=browser("patient_rep", service, username="patient.rep"),
    )


def text_of(answer: Any) -> str:
    """The page as a person reads it, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(answer.content.decode())).split())


def begun(at: Desks) -> str:
    """Begin a draft as the lead; its address."""
    return str(at.lead.post(f"{at.where}change/")["Location"])


def liaison_from_15(at: Desks, draft: str, *, revision: int = 1) -> Any:
    """The picture's change: liaison psychiatry from 15 instead of from 20."""
    return at.lead.post(
        f"{draft}scores/severe/",
        {"revision": revision, "from-1": "15", "because-1": "low mood is 20 or more"},
    )


def handed_in(at: Desks) -> str:
    """The picture's draft, waiting for signatures."""
    draft = begun(at)
    assert liaison_from_15(at, draft).status_code == 302
    said = at.lead.post(f"{draft}hand-in/", {"revision": 2, "reason": "Two at 17 waited 9 weeks."})
    assert said.status_code == 302, text_of(said)
    return draft


def row_of(draft: str) -> PathwayDraft:
    """The row behind an address."""
    return PathwayDraft.objects.get(pk=int(draft.rstrip("/").split("/")[-1]))


def sign(browser: Client, draft: str, **said: Any) -> Any:
    """Read the page, and sign what it shows."""
    shown = browser.get(draft).content.decode()
    read = re.search(r'name="read" value="([^"]*)"', shown)
    content = re.search(r'name="content" value="(\d+)"', shown)
    given = {
        "decision": "sign", "reason": "", "read": read[1] if read else "",
        "content": content[1] if content else str(row_of(draft).made_id or 0),
    }  # fmt: skip
    return browser.post(f"{draft}sign/", given | said)


def signed_by_all_but_the_second(at: Desks) -> str:
    """Everyone has signed whose signature the picture's change needs, but the last."""
    draft = handed_in(at)
    for one in (at.liaison, at.psychologist, at.safety):
        said = sign(one, draft)
        assert said.status_code == 302, text_of(said)
    return draft


def live_now(service: Service) -> ContentVersion:
    """What the service follows at noon."""
    from imparts.authoring.queries.pathway_drafts import live_of

    found = live_of(service.pk, KEY, on=NOON.date())
    assert found is not None
    return found
