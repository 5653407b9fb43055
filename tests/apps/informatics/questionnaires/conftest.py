"""Fixtures for the tests of the tablet: the moment, a service, its tablet, an appointment.

What needs Django is imported inside, because this file is read before Django is ready.
"""

import freezegun
import pytest


@pytest.fixture
def clock(in_the_demo):
    """Noon; tick() moves on."""
    from tests.builders import NOON

    # Rules never ask for the time; frozen days are of a class that they do not know.
    with freezegun.freeze_time(NOON, ignore=["imparts.rules"]) as frozen:
        yield frozen


@pytest.fixture
def service(clock, db):
    """A rheumatology service whose receptionist has a PIN."""
    from tests.apps.informatics.questionnaires.browsers import PIN
    from tests.builders import a_service, staff_with

    made = a_service()
    staff_with("receptionist", made, username="reception.test", pin=PIN)
    return made


@pytest.fixture
def tablet(service):
    """The service's tablet."""
    from tests.builders import a_tablet

    return a_tablet(service)


@pytest.fixture
def appointment(service):
    """Amara Thimblewick at noon today."""
    from tests.builders import an_appointment

    return an_appointment(service)


@pytest.fixture
def sent(service):
    """A sitting with a positive item 9, filed to Amara Thimblewick."""
    from tests.builders import a_sent_sitting

    return a_sent_sitting(service, phq9={"q1": 3, "q2": 3, "q9": 1})


@pytest.fixture
def right(service, sent):
    """The appointment of the person who really answered."""
    from tests.builders import a_patient, an_appointment

    person = a_patient(given_name="Bertrand", family_name="Quillfeather")
    return an_appointment(service, patient=person)
