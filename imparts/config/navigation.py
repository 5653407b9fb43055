"""What each role sees in the menu, and the other facts of the frame around every staff page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from imparts.access.queries import Asking, asking, services_of
from imparts.access.roles import May
from imparts.live.presence import Process, seen_lately
from imparts.pathways.queries import AlertStory, open_alerts_for
from imparts.workspace.pages.waiting import WaitsForYou, nobody_is_calling
from imparts.workspace.queries.uncalled import whom_to_call
from imparts.workspace.queries.waiting import waiting_for

PRODUCT = "imparts"
PEOPLE = "/demo/"  # an address of the demonstration only
DEMO = "Demonstration. Every person, number and message here is invented."


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One page of the menu."""

    label: str
    href: str
    current: str = ""
    """"page" for the page itself, "true" for a page below it; what aria-current takes."""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Frame:
    """The header of a page: where one is, what there is, who is signed in."""

    product: str = PRODUCT
    place: str = ""
    menu: tuple[MenuEntry, ...] = ()
    person: str = ""
    own_page: str = ""
    sign_out: str = ""
    demo: str = ""
    change_person: str = ""
    waits: WaitsForYou | None = None
    nobody_calls: str = ""
    """Alerts wait and no background program calls anybody: what to do, in sentences."""
    waits_ask: str = ""
    """Where a page asks for the line about waiting alerts again; empty for who takes none."""


def frame(request: HttpRequest) -> dict[str, Any]:
    """The frame's facts, looked up only by pages that draw it: the tablet's pages do not."""
    return {"frame": SimpleLazyObject(lambda: _frame(request))}


def _frame(request: HttpRequest) -> Frame:
    demo = DEMO if settings.IMPARTS_DEMO else ""
    people = PEOPLE if settings.IMPARTS_DEMO else ""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return Frame(demo=demo, change_person="" if request.path == people else people)
    who: Asking = getattr(request, "asking", None) or asking(user, on=timezone.localdate())
    open_ones = open_alerts_for(who) if who.may(May.ACT_ON_ALERTS) else []
    return Frame(
        place=_place(who),
        menu=_menu(request, who, alerts=len(open_ones)),
        person=who.shown_as if settings.IMPARTS_DEMO else who.name,
        own_page=reverse("administration:me"),
        sign_out=reverse("account_logout"),
        demo=demo,
        change_person=people,
        waits=_waits(who, open_ones),
        nobody_calls=_nobody_calls(open_ones),
        waits_ask=reverse("workspace:waiting") if who.may(May.ACT_ON_ALERTS) else "",
    )


def _waits(who: Asking, open_ones: Sequence[AlertStory]) -> WaitsForYou | None:
    now = timezone.now()
    return WaitsForYou.of(waiting_for(who, open_ones, at=now), now=now)


def _nobody_calls(open_ones: Sequence[AlertStory]) -> str:
    if not open_ones or Process.WORKER in seen_lately():
        return ""
    return nobody_is_calling(whom_to_call(open_ones, at=timezone.now()))


def _place(who: Asking) -> str:
    """The service, when there is one; else how many."""
    services = list(services_of(who))
    if len(services) == 1:
        return str(services[0])
    return f"{len(services)} services" if services else ""


def _menu(request: HttpRequest, who: Asking, *, alerts: int) -> tuple[MenuEntry, ...]:
    entries: tuple[tuple[str, str, May, int], ...] = (
        ("Clinic list", reverse("workspace:clinic"), May.SEE_CLINIC_LIST, 0),
        ("Patients", reverse("workspace:patients"), May.SEE_PATIENTS, 0),
        ("Alerts", reverse("workspace:alerts"), May.ACT_ON_ALERTS, alerts),
        ("Pathways", reverse("workspace:pathways"), May.COMMENT_PATHWAYS, 0),
        ("Library", reverse("authoring:library"), May.SEE_LIBRARY, 0),
        ("Connections", reverse("workspace:connections"), May.SEE_CONNECTIONS, 0),
        ("Messages", reverse("workspace:received_messages"), May.SEE_CONNECTIONS, 0),
        ("Set up", reverse("administration:checklist"), May.SET_UP, 0),
    )
    if not who.may(May.ACT_ON_ALERTS):  # for those who take alerts, both stand on the list's page
        entries += (
            ("Ledger", reverse("workspace:alert_ledger"), May.SEE_LEDGER, 0),
            ("Cover", reverse("workspace:covers"), May.ARRANGE_COVER, 0),
            ("Waiting times", reverse("workspace:waits"), May.ENTER_WAITS, 0),
        )
    shown = [entry for entry in entries if who.may(entry[2])]
    # Of two that the page stands below, the nearer one: Messages, and not Connections as well.
    nearest = max((href for _, href, _, _ in shown if request.path.startswith(href)), default="")
    found = tuple(
        MenuEntry(label, href, _current(request.path, href) if href == nearest else "", count)
        for label, href, _, count in shown
    )
    return found or (MenuEntry("Start", "/", _current(request.path, "/")),)


def _current(path: str, href: str) -> str:
    if path == href:
        return "page"
    return "true" if href != "/" and path.startswith(href) else ""
