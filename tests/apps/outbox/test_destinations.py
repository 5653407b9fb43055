"""Each destination is owed what it wants to hear of, and how it is used is trust IT's to say."""

from dataclasses import replace
from uuid import uuid4

import pytest
from pytest_django import Settings

from imparts.outbox import actions as outbox
from imparts.outbox.destination import Destination
from imparts.outbox.models import DestinationSettings
from imparts.outbox.queries import destination, destinations
from tests.builders import NOON

pytestmark = pytest.mark.django_db
OTHER = Destination(
    "documents", "Document store", "mllp", "mdm", "docs.example:2575", services=frozenset({7})
)


def _codes() -> list[str]:
    return [each.code for each in destinations()]


def _owed(kind: str, service: int) -> list[str]:
    made = outbox.owed(
        kind=kind, patient=uuid4(), about=uuid4(), facts={}, service=service, at=NOON
    )
    return [each.destination for each in made]


def _set(to: Destination) -> None:
    outbox.set_destination(to, by="it", why="agreed with the record's supplier", at=NOON)


def test_the_record_is_owed_results_even_before_anybody_has_said_where_it_is() -> None:
    assert _codes() == ["record"]
    assert _owed("result", 7) == ["record"]
    assert not destinations()[0].can_be_sent_to


def test_the_records_fhir_server_is_one_as_soon_as_the_site_names_it(settings: Settings) -> None:
    settings.IMPARTS_RECORD_FHIR = "https://record.example/fhir"
    assert _codes() == ["record", "record_fhir"]
    assert _owed("document", 7) == ["record_fhir"]
    assert _owed("correction", 7) == ["record", "record_fhir"]


def test_a_destination_gets_only_its_services_and_only_its_kinds() -> None:
    _set(OTHER)
    assert _owed("document", 7) == ["documents"]
    assert _owed("document", 8) == []
    assert _owed("result", 7) == ["record"]


def test_each_message_of_one_result_has_a_control_id_of_its_own(settings: Settings) -> None:
    settings.IMPARTS_RECORD_FHIR = "https://record.example/fhir"
    made = outbox.owed(kind="result", patient=uuid4(), about=uuid4(), facts={}, service=7, at=NOON)
    assert len({each.control_id for each in made}) == 2


def test_the_last_word_counts_and_every_word_is_kept(settings: Settings) -> None:
    settings.IMPARTS_RECORD_MLLP = "record.example:2575"
    record = destination("record")
    assert record is not None
    _set(replace(record, is_paused=True))
    _set(replace(record, name="Main record", mapping={"x": 1}, connections=2))
    found = destination("record")
    assert found is not None
    assert (found.name, found.is_paused, found.connections) == ("Main record", False, 2)
    assert dict(found.mapping) == {"x": 1}
    assert DestinationSettings.objects.filter(code="record").count() == 2


def test_where_the_record_is_stays_as_the_site_says(settings: Settings) -> None:
    _set(Destination("record", "Record", "mllp", "oru", "typed.example:1"))
    settings.IMPARTS_RECORD_MLLP = "record.example:2575"
    found = destination("record")
    assert found is not None and found.address == "record.example:2575"


def test_a_paused_destination_is_still_owed_what_it_wants() -> None:
    _set(replace(OTHER, is_paused=True))
    assert _owed("document", 7) == ["documents"]
