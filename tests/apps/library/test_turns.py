"""Two people at the same moment: the second waits, and then finds what the first has done (H7)."""

import pytest
from django.db import connection, connections, transaction

from imparts.library.actions.turns import take_turn


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
