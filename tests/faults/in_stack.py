"""Small questions asked of a running stack's database from beside it."""

import json
import os
import subprocess
import sys
from typing import Any

from imparts.benchmarks.stack import Stack
from imparts.postgres import cluster


def ask(stack: Stack, program: str) -> Any:
    """Run a few lines of Django against the stack's database; they print one JSON value."""
    running = cluster.start(stack.data / "postgres")
    try:
        ran = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", _PRELUDE + program],
            env={
                **os.environ,
                "DATABASE_URL": running.web_url,
                "IMPARTS_DEMO": "1",
                "IMPARTS_SECRET_KEY": "only-for-this-question-only-for-this-question",
                "DJANGO_SETTINGS_MODULE": "imparts.config.settings",
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
    finally:
        running.leave()
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


_PRELUDE = """
import json, django
django.setup()
from django.utils import timezone
from imparts.informatics.clinics import actions as clinics
from imparts.informatics.clinics.models import Appointment
from imparts.informatics.questionnaires.models import Answer, AnswerGiven, Invitation, Response
from imparts.informatics.results.models import ResponseScore
from imparts.organisations.models import Service
from imparts.outbox.models import Message
from imparts.pathways.models import Alert, PathwayEntry
from imparts.people.models import Patient
"""

BOOK = """
service = Service.objects.get(memberships__staff__username="reception.rheum")
at = timezone.now()
session = clinics.open_session(service=service, held_on=timezone.localdate(), part="afternoon")
busy = Appointment.objects.filter(session__held_on=timezone.localdate()).values("patient")
free = Patient.objects.filter(died_on__isnull=True, merged_into__isnull=True,
                              born_on__lt="2000-01-01").exclude(pk__in=busy).order_by("pk")[:{number}]
booked = [clinics.book(session=session, patient=one, appointment_at=at, by="test", at=at)
          for one in free]
for each in booked:
    clinics.check_in(appointment=each, by="test", at=at)
print(json.dumps([str(each.pk) for each in booked]))
"""

JUDGE = """
people = {people}
said = {{}}
for one in people:
    invitation = Invitation.objects.get(appointment_id=one)
    responses = list(Response.objects.filter(invitation=invitation))
    ids = [r.pk for r in responses]
    said[one] = {{
        "sent": invitation.submitted_at is not None,
        "responses": [r.instrument for r in responses],
        "answers": Answer.objects.filter(response__in=ids).count(),
        "scores": ResponseScore.objects.filter(response__in=ids).count(),
        "entries": PathwayEntry.objects.filter(about=invitation.pk).count(),
        "alerts": Alert.objects.filter(about=invitation.pk).count(),
        "messages": Message.objects.filter(about__in=ids, destination="record").count(),
        "in_record": Message.objects.filter(
            about__in=ids, destination="record", state="sent").count(),
    }}
print(json.dumps(said))
"""
