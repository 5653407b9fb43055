"""Telling open pages that something has changed."""

import json

from django.db import connection

CHANNEL = "imparts_live"


def tell(*, service: int, what: str) -> None:
    """Tell the open pages of one service, when and only when this transaction commits."""
    told = json.dumps({"service": service, "what": what}, separators=(",", ":"))
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, %s)", [CHANNEL, told])
