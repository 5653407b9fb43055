"""Two people at the same moment: the second waits, and then finds what the first has done (H7)."""

import json

import pytest
from django.db import connection, connections, transaction

from imparts.library.actions import loading
from imparts.library.actions.turns import take_turn
from imparts.library.models import ContentVersion
from imparts.rules.content import ContentRefused
from tests.apps.library.invented import load
from tests.apps.library.test_forms import FORM


def held_elsewhere(name: str) -> bool:
    """Whether another connection would have to wait for this name."""
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("select pg_try_advisory_lock(hashtextextended(%s, 0))", [name])
            return not cursor.fetchone()[0]
    finally:
        other.close()


@pytest.mark.django_db(transaction=True)
def test_a_turn_is_held_until_the_transaction_ends_and_by_its_name_alone() -> None:
    with transaction.atomic():
        take_turn("standing of 1")
        assert held_elsewhere("standing of 1")
        assert not held_elsewhere("standing of 2")
    assert not connection.in_atomic_block
    assert not held_elsewhere("standing of 1")


@pytest.mark.django_db
def test_of_two_texts_that_call_themselves_the_same_version_one_is_loaded(monkeypatch) -> None:
    """Both were found to be new; whoever comes second is refused once it is their turn."""
    text = json.dumps(FORM)

    def somebody_else_is_first(name: str) -> None:
        monkeypatch.setattr(loading, "take_turn", take_turn)
        load("form", text, by="librarian.one")

    monkeypatch.setattr(loading, "take_turn", somebody_else_is_first)
    other = text.replace("Invented kettles", "Other invented kettles")
    with pytest.raises(ContentRefused, match="with other text already"):
        load("form", other, by="librarian.two")
    assert not ContentVersion.objects.filter(loaded_by="librarian.two").exists()
