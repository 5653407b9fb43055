"""How a wording pack is kept: with the text of the instrument that it belongs to, in one body.

An answer of today is read with its own words in ten years, whatever the program then ships.
"""

import json


def kept_with(structure: str, wording: str) -> str:
    """The body of a wording pack: the instrument's file and the pack's, both as they were."""
    return json.dumps({"structure": structure, "wording": wording}, ensure_ascii=False)


def taken_apart(body: str) -> tuple[str, str]:
    """The instrument's file and the pack's, as they were put together."""
    both = json.loads(body)
    return both["structure"], both["wording"]
