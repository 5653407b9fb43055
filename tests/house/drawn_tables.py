"""Tables of a guide, drawn from what the program knows, between two marks in its text."""

from pathlib import Path

BEGIN, END = "<!-- tables begin -->", "<!-- tables end -->"


def drawn(text: str, tables: str) -> str:
    """The guide with its tables as they should be."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{tables}\n\n{END}{after}"


def draw(guide: Path, tables: str) -> None:
    """Write the tables into the guide."""
    guide.write_text(drawn(guide.read_text(encoding="utf-8"), tables), encoding="utf-8")
