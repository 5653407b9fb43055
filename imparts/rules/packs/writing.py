"""Writing: from a Pack to the text of a pack file, which reader.py reads back to the same Pack."""

from typing import Any

import tomli_w

from imparts.rules.packs.definition import Pack
from imparts.rules.packs.draft import parts_as_json

_FIRST_LINE = "# Composed at this site. A new text is a new version; this one stays as it is.\n\n"


def pack_text(pack: Pack) -> str:
    """The file of a pack."""
    table: dict[str, Any] = {
        "id": pack.id,
        "name": pack.name,
        "version": pack.version,
        "kind": pack.kind,
        "illness_words": pack.illness_words,
        "asks_who_helps": pack.asks_who_helps,
        "minutes": pack.minutes,
        "authored_by": pack.authored_by,
        "checked_by": pack.checked_by,
        "reviewed_on": pack.reviewed_on,
        "next_review": pack.next_review,
        "sources": list(pack.sources),
        "parts": parts_as_json(pack.parts),
    }
    return _FIRST_LINE + tomli_w.dumps(table)
