"""Clinic day: a background clock that plays the day's clinics, so that live pages move.

`imparts demo --play` runs it as a process of its own.
"""

import threading
from datetime import date
from random import Random

from django.db import Error, connection, transaction
from django.utils import timezone

from imparts.demo.day.playing import PlayedClinic, clinics_to_play
from imparts.demo.day.today import make_today
from imparts.informatics.clinics.actions import MoveRefused
from imparts.informatics.questionnaires.actions.answering import AlreadySent
from imparts.informatics.questionnaires.actions.hand_overs import CannotStart
from imparts.pathways.actions import NotDone
from imparts.rules.instruments.answers import AnswerRefused

SPEED = 10.0  # clinic minutes a minute
# Whoever looks on may have done the same thing by hand a moment ago.
_DONE_BY_SOMEONE_ELSE = (MoveRefused, CannotStart, AlreadySent, NotDone, AnswerRefused)
_AT_ONCE = ("rheumatology", "dermatology")
_PAUSE_AFTER_TROUBLE = 2.0


def play(*, stop: threading.Event, speed: float = SPEED) -> None:
    """Play until told to stop. A clinic that people look at moves every minute, others in turn."""
    chance = Random("clinic day")
    clinics: list[PlayedClinic] = []
    day: date | None = None
    while not stop.wait(60 / speed / 3):
        try:
            if not clinics or day != timezone.localdate():
                make_today(at=timezone.now())
                day, clinics = timezone.localdate(), clinics_to_play(seed=chance.getrandbits(32))
            busy = [each for each in clinics if each.clinic.code in _AT_ONCE]
            _move(chance.choice([*busy, chance.choice(clinics)]))
        except Error:  # the database restarts, say: what was begun is undone, and the day goes on
            connection.close()
            clinics = []
            stop.wait(_PAUSE_AFTER_TROUBLE)


def _move(clinic: PlayedClinic) -> None:
    try:
        with transaction.atomic():
            clinic.move(at=timezone.now())
    except _DONE_BY_SOMEONE_ELSE:
        clinic.answering.clear()
