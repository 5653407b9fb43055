"""Purging: what messages say is deleted when the time to keep it is over.

Their envelopes and what became of them stay: that a message came, when, and what it changed, has to
be answered for long after, and names nobody.
"""

from datetime import datetime, timedelta

from django.db import connection

_AT_ONCE = 5000
_PURGE = """
    delete from inbound_content where message_id in (
        select message_id from inbound_content where received_at < %s
        order by received_at limit %s)"""


def purge(*, older_than: datetime) -> int:
    """Delete the content of messages that came before a moment; how many there were."""
    purged = 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute(_PURGE, [older_than, _AT_ONCE])
            purged += cursor.rowcount
            if cursor.rowcount < _AT_ONCE:
                return purged


def purge_old(*, keep_days: int, at: datetime) -> int:
    """Delete what is older than so many days."""
    return purge(older_than=at - timedelta(days=keep_days))
