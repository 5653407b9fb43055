"""The tables of the guide to importing questionnaires, drawn from what the reader knows; run it."""

from imparts.rules.forms.reading import vocabulary as v
from tests.house.drawn_tables import draw
from tests.house.reading import ROOT

GUIDE = ROOT / "docs" / "guides" / "importing-questionnaires.md"


def tables() -> str:
    """Everything that is known, and what becomes of it."""
    parts = [
        _table("Types of items", "type", "how it is asked", v.TYPES),
        _table("Keys of an item", "key", "what becomes of it", v.KEYS),
        _table("Extensions that are honoured", "extension", "what becomes of it", v.HONOURED),
        _table("Extensions that are not honoured", "extension", "what is said", v.NOT_HONOURED),
        _table("Extensions that ask for nothing here", "extension", "why", v.WITHOUT_EFFECT),
        _table("Item controls that are honoured", "control", "how it is shown", v.CONTROLS),
        _table("Item controls that are not", "control", "instead", v.CONTROLS_NOT_HONOURED),
    ]
    return "\n\n".join(parts)


def _table(heading: str, one: str, other: str, held: dict[str, str]) -> str:
    rows = [f"| `{_short(name)}` | {said.replace('|', chr(92) + '|')} |"
            for name, said in held.items()]  # fmt: skip
    return "\n".join([f"### {heading}", "", f"| {one} | {other} |", "|---|---|", *rows])


def _short(name: str) -> str:
    """SDC's extensions as sdc-..., FHIR's own by their last part."""
    return name.removeprefix(v.FHIR).replace(v.SDC, "sdc-questionnaire-")


if __name__ == "__main__":
    draw(GUIDE, tables())
