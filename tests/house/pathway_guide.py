"""The tables of the guide to pathways, drawn from what the reader knows and what ships; run it."""

from imparts.rules.pathways import vocabulary as v
from imparts.rules.pathways.options import read_options
from tests.house.drawn_tables import draw
from tests.house.reading import PACKAGE, ROOT

GUIDE = ROOT / "docs" / "guides" / "pathways.md"


def tables() -> str:
    """Every key, kind and option."""
    parts = [_table(heading, "key", held) for heading, held in v.TABLES]
    path = PACKAGE / "content" / "pathways" / "options.toml"
    options = read_options(path.read_text(encoding="utf-8"))
    named = {code: f"{one.name}; run by {one.responsible}" for code, one in options.items()}
    return "\n\n".join(
        [*parts, _table("Kinds of steps", "kind", v.KIND), _table("Options", "code", named)]
    )


def _table(heading: str, what: str, held: dict[str, str]) -> str:
    rows = [f"| `{name}` | {said} |" for name, said in held.items()]
    return "\n".join([f"### {heading}", "", f"| {what} | what it says |", "|---|---|", *rows])


if __name__ == "__main__":
    draw(GUIDE, tables())
