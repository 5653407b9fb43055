"""Turns: two people who decide about the same thing at the same moment do it one after the other.

The rows of the library are only ever added, and the web role may lock none of them; so what is held
is a name, until the transaction ends.
"""

from django.db import connection


def take_turn(name: str) -> None:
    """Wait until nobody else holds this name, and hold it to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
