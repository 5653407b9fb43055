"""Addresses of the tablet. None holds anything about a patient."""

from django.urls import path

from imparts.informatics.questionnaires.views import (
    aside,
    before,
    handing_over,
    locked,
    questions,
    sending,
)

urlpatterns = [
    path("", locked.start, name="tablet-start"),
    path("unlock/", locked.enter_pin, name="tablet-unlock"),
    path("lock/", locked.lock, name="tablet-lock"),
    path("hand-over/", handing_over.choose_person, name="tablet-hand-over"),
    path("language/", before.language, name="tablet-language"),
    path("is-this-you/", before.is_this_you, name="tablet-is-this-you"),
    path("before/", before.before_you_start, name="tablet-before"),
    path("q/<slug:instrument>/<slug:item>/", questions.question, name="tablet-question"),
    path("calm/", questions.calm, name="tablet-calm"),
    path("check/", sending.check, name="tablet-check"),
    path("send/", sending.send, name="tablet-send"),
    path("thank-you/", sending.last_page, name="tablet-thank-you"),
    path("ended/", sending.last_page, name="tablet-ended"),
    path("text/", aside.text_and_colour, name="tablet-text"),
    path("help/", aside.help_me, name="tablet-help"),
    path("stop/", aside.stop_now, name="tablet-stop"),
]
