"""What is written by templates is to the letter what the renderer of every read writes."""

from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as some

from imparts.access.queries import asking_of_machine
from imparts.gateway.fhir_server.export.templates import Template, line_of
from imparts.gateway.fhir_server.queries.exported import lines
from imparts.gateway.fhir_server.registry import Reader, kinds_of, rows_for
from imparts.gateway.smart.principal import Principal
from imparts.gateway.smart.scopes import Scopes
from imparts.informatics.results.actions.history import load_history, past_score
from imparts.library import actions as library
from imparts.library.models import ContentVersion
from imparts.library.queries import newest_instruments
from imparts.people.models import CareRelationship
from imparts.rules.scoring.refused import ScoringRefused
from imparts.rules.scoring.score import score
from tests.builders import NOON, TODAY, a_patient, a_service


def scores_of_every_instrument(service: Any, patient: Any) -> Any:
    """Complete, partly answered and unanswered, at odd microseconds, in summer and winter."""
    dice = Random(7)
    for key, instrument in newest_instruments().items():
        content = ContentVersion.objects.get(kind="instrument", key=key, version=instrument.version)
        for turn in range(6):
            values = {
                item.id: dice.choice([option.value for option in item.options])
                for item in instrument.items
                if item.options and (turn < 4 or dice.random() < turn / 10)
            }
            try:
                scored = score(instrument, values, {})
            except (ScoringRefused, ValueError, KeyError):
                continue
            at = NOON - timedelta(days=37 * turn, microseconds=dice.randrange(10**6))
            yield past_score(
                response=uuid4(), sitting=uuid4(), patient_id=patient.pk, service_id=service.pk,
                content_id=content.pk, score=scored, at=at,
            )  # fmt: skip


@pytest.mark.django_db
def test_scores_of_every_instrument_are_written_as_they_are_rendered() -> None:
    library.load_shipped(at=NOON)
    service, patient = a_service(with_content=False), a_patient()
    CareRelationship.objects.create(patient=patient, service=service, because="team", from_on=TODAY)
    made = list(scores_of_every_instrument(service, patient))  # reads the library on the way
    load_history(scores=made, by="test", at=NOON)
    who = asking_of_machine(client_id="x", name="X", services=[service.pk])
    reader = Reader(Principal(who, Scopes.read("system/*.rs"), None, "x", True), NOON)
    seen = 0
    for kind in kinds_of("Observation"):
        shown = kind.render(list(rows_for(kind, reader)), reader)
        written = [line for batch in lines(kind, reader, since=None) for line in batch]
        assert sorted(written) == sorted(line_of(one) for one in shown)
        seen += len(written)
    assert seen > 150


@given(
    texts=some.lists(some.text(alphabet='ab"{}:%', max_size=8), min_size=2, max_size=5),
    first=some.tuples(some.uuids(), some.uuids()),
    other=some.tuples(some.uuids(), some.uuids()),
)
def test_a_template_filled_in_is_the_text_with_the_others_ids(
    texts: list[str], first: tuple[UUID, UUID], other: tuple[UUID, UUID]
) -> None:
    def joined(ids: tuple[UUID, UUID]) -> str:
        return "".join(f"{text}{ids[n % 2]}" for n, text in enumerate(texts))

    if first[0] != first[1]:
        made = Template(joined(first), [str(one) for one in first])
        assert made.fill([str(one) for one in other]) == joined(other)


def test_an_id_that_is_not_there_cuts_nothing() -> None:
    assert Template("one", ["", "two"]).fill(["x", "y"]) == "one"
