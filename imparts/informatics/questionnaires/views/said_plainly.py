"""What went wrong, said in a sentence on a page of the tablet, with the way on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from imparts.access.tablets import drop_credential
from imparts.design.spoken import say, to_say
from imparts.informatics.questionnaires.pages.around import ProblemPage
from imparts.informatics.questionnaires.pages.frame import Bar
from imparts.informatics.questionnaires.views.looks import look_of

CLOSED = (
    "This tablet was not used for 20 minutes, or it was given back. "
    "The answers given so far are kept. Please give the tablet to a member of staff."
)
NO_TABLET = (
    "This device has not been set up as a clinic tablet. "
    "Staff can turn it into one. To hand over a tablet from the clinic list, sign in at the desk."
)
SET_UP = "/set-up/this-tablet/"  # administration's page, which is above this floor
NOT_ASKED = to_say("This question is not one of today's questions. Your answers so far are kept.")
NOT_SENT = to_say(
    "We could not send your answers from this page. They are kept. Please check and send again."
)


def problem(
    request: HttpRequest,
    heading: str,
    sentence: str,
    *,
    status: int,
    href: str = "",
    link: str = "",
) -> HttpResponse:
    """One page that says what is wrong and leads on."""
    page = ProblemPage(
        look=look_of(request), bar=Bar(name="imparts"), heading=heading, sentence=sentence,
        href=href or reverse("tablet-start"), link=link or say("Go to the start"),
    )  # fmt: skip
    return render(request, "questionnaires/problem.jinja", {"page": page}, status=status)


def closed(request: HttpRequest) -> HttpResponse:
    """The tablet was left, taken back or handed over anew: this browser holds nothing any more."""
    request.session.flush()
    return problem(request, "This page has closed", CLOSED, status=410)


def no_tablet(request: HttpRequest) -> HttpResponse:
    """A browser that is no tablet, or no longer one: staff can turn it into one, or sign in.

    A credential that opens nothing any more is taken away, so that a device that was withdrawn is
    an ordinary browser again.
    """
    drawn = problem(
        request, "This is not a clinic tablet", NO_TABLET, status=403, href=SET_UP,
        link="Set up this device",
    )  # fmt: skip
    drop_credential(drawn)
    return drawn
