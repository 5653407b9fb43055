"""The invented Kettle Scale of the guide, its pack, and ways to spoil the pack."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from imparts.rules.instruments.definition import Instrument
from imparts.rules.instruments.reader import read_instrument
from imparts.rules.wording.definition import Wording
from imparts.rules.wording.reader import read_wording

ROOT = Path(__file__).resolve().parents[3]
GUIDE = ROOT / "docs" / "guides" / "content-packs"
STRUCTURE = (GUIDE / "kettle.toml").read_text(encoding="utf-8")
PACK = (GUIDE / "kettle.json").read_text(encoding="utf-8")

Pack = dict[str, Any]


@cache
def structure() -> Instrument:
    """The Kettle Scale without words."""
    return read_instrument(STRUCTURE)


def shipped(name: str) -> Instrument:
    """An instrument that ships with its words."""
    path = ROOT / "imparts" / "content" / "instruments" / f"{name}.toml"
    return read_instrument(path.read_text(encoding="utf-8"))


def pack() -> Pack:
    """The pack of the guide, free to be changed."""
    return json.loads(PACK)


def changed(change: Callable[[Pack], object]) -> str:
    """The pack of the guide after one change, as a file's text."""
    values = pack()
    change(values)
    return json.dumps(values, ensure_ascii=False)


def read(change: Callable[[Pack], object] = lambda values: None) -> Wording:
    """The pack after one change, read for the Kettle Scale."""
    return read_wording(changed(change), structure())


def translation_of(instrument: Instrument, *tags: str, own: bool = False) -> Pack:
    """A complete pack for an instrument that ships with words: invented words in each language."""
    return {
        "format": "imparts-wording-1",
        "instrument": instrument.id,
        "structure": instrument.version,
        "version": "invented 1",
        "licence": {
            "holder": "Invented holder", "expires": None, "statement": "Invented: free to use.",
            "source": "Invented.",
        },
        "languages": {tag: words_of(instrument, "" if own else f"[{tag}] ") for tag in tags},
        "authored_by": "Invented",
        "checked_by": "not yet checked by a clinician",
    }  # fmt: skip


def words_of(instrument: Instrument, mark: str) -> Pack:
    """The words of one language, each marked as being of it."""
    return {
        "name": "Invented language", "authority": "Invented authority", "dated": "2026-01-01",
        "is_official": True, "source": "Invented.",
        "title": mark + instrument.title, "part": mark + instrument.part,
        "stem": mark + instrument.stem, "recall": mark + instrument.recall,
        "notice": mark + instrument.rights.notice,
        "items": {
            item.id: {
                "text": mark + item.text,
                "options": {str(one.value): mark + one.label for one in item.options},
                "anchors": {str(value): mark + said for value, said in item.anchors},
            }
            for item in instrument.items
        },
    }  # fmt: skip
