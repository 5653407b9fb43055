"""Every structure that ships without words takes a wording pack, or says why it cannot."""

import json
from pathlib import Path

import pytest

from imparts.rules.content import ContentRefused, Table
from imparts.rules.instruments.definition import Instrument, Licence
from imparts.rules.instruments.reader import read_instrument
from imparts.rules.scoring.score import score
from imparts.rules.wording.addition_reader import RULES, read_additions
from imparts.rules.wording.apply import in_language
from imparts.rules.wording.definition import Wording
from imparts.rules.wording.reader import read_wording
from imparts.rules.wording.words_reader import read_languages
from tests.rules.wording.invented import ROOT, Pack

FILES = sorted((ROOT / "imparts/content/instruments/structures").glob("*.toml"))
BY_FORMULA = ("kccq12", "pam13")
ALERT = {"tier": "A", "urgency": "x", "words": "x", "short_words": "x", "action": "x",
         "pathway": "x"}  # fmt: skip


def invented_pack(structure: Instrument) -> Pack:
    """A pack with invented words for a structure, and what the structure says that it lacks."""
    items = {
        item.id: {"text": f"Invented question {item.id}"}
        | ({"options": "numbers"} if item.options else {})
        for item in structure.items
    }
    words = {
        "name": "Invented", "authority": "Invented", "dated": "2026-01-01", "is_official": True,
        "source": "Invented.", "title": "Invented", "part": "Invented", "recall": "Invented",
        "notice": "Invented", "items": items,
    }  # fmt: skip
    return {
        "format": "imparts-wording-1", "instrument": structure.id, "structure": structure.version,
        "version": "1", "languages": {"en-GB": words}, "authored_by": "Invented",
        "checked_by": "not yet checked by a clinician",
        "licence": {"holder": "Invented", "number": "1", "expires": None, "statement": "Invented.",
                    "source": "Invented."},
        **_needed(structure), **_harm(structure),
    }  # fmt: skip


def _needed(structure: Instrument) -> Pack:
    """Parts, tables and rows of invention: only their form is right."""
    scored = [item.id for item in structure.scored_items]
    lowest = sum(item.lowest for item in structure.scored_items)
    highest = sum(item.highest for item in structure.scored_items)
    rising = {str(raw): raw for raw in range(lowest, highest + 1)}
    return {
        "": {},
        "table": {"tables": {"score": rising}},
        "subscales": {"subscales": [{"name": "all", "label": "All", "items": scored}]},
        "categories": {"groups": _groups(structure), "groups_needed": 6},
        "decision_table": {"decisions": [{"category": c.code} for c in structure.categories][-1:]},
        "reversed_items": {"reversed": scored[:1]},
        "formula": {},
    }[structure.scoring.needs]


def _groups(structure: Instrument) -> list[Pack]:
    scored = [item.id for item in structure.scored_items]
    return [
        {"name": f"g{n}", "label": f"Group {n}", "items": scored[n::8]}
        for n in range(min(8, len(scored)))
    ]


def _harm(structure: Instrument) -> Pack:
    if not structure.harm_items_come_with_pack:
        return {}
    item = structure.scored_items[0].id
    return {
        "harm_items": [{"item": item, "about": "Invented.", "source": "Invented."}],
        "flags": [
            {"code": "yes", "type": "item_gte", "item": item, "value": 1},
            {"code": "no_answer", "type": "item_missing", "item": item},
        ],
        "alerts": [ALERT | {"flag": "yes"}, ALERT | {"flag": "no_answer"}],
    }


def _example(structure: Instrument, values: Pack) -> Pack:
    """The lowest answer to everything, with what the engine makes of it."""
    added = {key: one for key, one in values.items() if key in RULES}
    wording = Wording(
        instrument=structure.id, structure=structure.version, version="1",
        licence=Licence("Invented", "1", None), statement="",
        languages=read_languages(Table(values["languages"], "invented"), structure),
        additions=read_additions(Table(added, "invented"), structure),
        authored_by="", checked_by="",
    )  # fmt: skip
    made = in_language(structure, wording, "en")
    assert made is not None
    answers = {item.id: item.lowest for item in made.items if item.options}
    found = score(made, answers)
    example: Pack = {"answers": answers, "status": found.status}
    if found.score is not None:
        example["score"] = found.score
    if found.subscales:
        example["subscales"] = {part.name: part.score for part in found.subscales}
    return json.loads(json.dumps(example, default=float))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_structure_takes_words_and_can_then_be_asked_and_scored(file: Path) -> None:
    structure = read_instrument(file.read_text(encoding="utf-8"))
    values = invented_pack(structure)
    if structure.id in BY_FORMULA:
        with pytest.raises(ContentRefused, match="formula"):
            read_wording(json.dumps(values), structure)
        return
    assert not structure.has_wording
    values["examples"] = [_example(structure, values)]
    made = in_language(structure, read_wording(json.dumps(values), structure), "en")
    assert made is not None and made.has_wording and made.scoring.needs == ""
    assert score(made, dict(made.examples[-1].answers)).status == "complete"
