"""The database goes away in the moment in which a tablet changes hands: nobody is left outside."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError
from django.test import Client

from imparts.informatics.questionnaires.views.in_hand import SECRET
from tests.builders import staff_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(service) -> Client:
    """The browser at the desk, in which reception is signed in."""
    browser = Client(raise_request_exception=False)
    browser.force_login(staff_with("receptionist", service))
    return browser


def test_when_the_patients_session_cannot_be_kept_that_of_the_desk_stays(
    desk, appointment, monkeypatch
) -> None:
    def gone(self: SessionStore, must_create: bool = False) -> None:
        raise OperationalError("the connection is lost")

    with monkeypatch.context() as broken:
        broken.setattr(SessionStore, "save", gone)
        failed = desk.post("/tablet/hand-over/", {"person": str(appointment.pk)})
    assert failed.status_code == 503
    again = desk.post("/tablet/hand-over/", {"person": str(appointment.pk)})
    assert again["Location"] == "/tablet/language/"
    assert SECRET in desk.session
    assert "_auth_user_id" not in desk.session
