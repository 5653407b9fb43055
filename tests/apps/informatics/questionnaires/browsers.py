"""Browsers for the tests of the tablet's pages: a clinic tablet, and one in a patient's hands."""

import re

from django.http import HttpResponse
from django.test import Client

from imparts.access.actions import bind_tablet
from imparts.access.models import Tablet
from imparts.access.tablets import COOKIE, keep_credential
from imparts.informatics.clinics.models import Appointment
from imparts.informatics.questionnaires.models import AnswerGiven
from imparts.pathways.models import Alert
from imparts.pathways.queries import alerts_about
from tests.builders import NOON

PIN = "2468"


def a_tablet_browser(tablet: Tablet) -> Client:
    """A browser that holds a tablet's credential."""
    response = HttpResponse()
    keep_credential(response, bind_tablet(tablet=tablet, by="test", at=NOON))
    browser = Client()
    browser.cookies[COOKIE] = response.cookies[COOKIE].value
    return browser


def unlocked(tablet: Tablet) -> Client:
    """A tablet that a member of staff has just unlocked with their PIN."""
    browser = a_tablet_browser(tablet)
    assert browser.post("/tablet/unlock/", {"pin": PIN}).url == "/tablet/hand-over/"
    return browser


def handed_over(tablet: Tablet, appointment: Appointment) -> Client:
    """A tablet in a patient's hands, on its first page."""
    browser = unlocked(tablet)
    answered = browser.post("/tablet/hand-over/", {"person": str(appointment.pk)})
    assert answered.url == "/tablet/language/"
    return browser


def at_first_question(tablet: Tablet, appointment: Appointment) -> Client:
    """A tablet whose patient has said who they are and who helps."""
    browser = handed_over(tablet, appointment)
    assert browser.post("/tablet/is-this-you/", {"me": "yes"}).url == "/tablet/before/"
    started = browser.post("/tablet/before/", {"helper": "nobody"})
    assert started.url.startswith("/tablet/q/")
    return browser


def answer_on(browser: Client, instrument: str, item: str, answer: object, query: str = "") -> str:
    """Answer one question and give the address that Continue leads to."""
    response = browser.post(f"/tablet/q/{instrument}/{item}/{query}", {"a": answer})
    assert response.status_code == 302, response.content.decode()
    return response.url


def answer_all_on(browser: Client, **answers: str) -> str:
    """Walk through every question, 0 unless `answers` says else (phq9_q9="2"); gives the end."""
    address = browser.get("/tablet/").url
    for _ in range(60):
        if not address.startswith("/tablet/q/"):
            return address
        instrument, item = address.split("/")[3:5]
        address = answer_on(browser, instrument, item, answers.get(f"{instrument}_{item}", "0"))
    raise AssertionError("the questions never end")


def submission_id_on(browser: Client) -> str:
    """The id that the page with all answers would send."""
    page = browser.get("/tablet/check/").content.decode()
    return re.search(r'name="submission_id" value="([^"]+)"', page)[1]


def kind_of_alert() -> str:
    """The kind of the one alert there is."""
    (about,) = Alert.objects.values_list("about", flat=True)
    ((story,),) = alerts_about([about]).values()
    return story.kind


def stored_answers() -> list[tuple[str, str, int | None]]:
    """Every answer stored, in the order given."""
    return list(AnswerGiven.objects.order_by("id").values_list("instrument", "item", "value"))
