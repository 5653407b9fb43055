"""Gathers what the tablet's pages say to patients, so that the list for translators stays whole."""

import ast
import re

from imparts.design.spoken import MONTHS
from tests.house.reading import ROOT, File, files

SENTENCES = ROOT / "imparts" / "content" / "page_words" / "english.toml"
PAGES = ("imparts/informatics/questionnaires", "imparts/design")
IN_TEMPLATE = re.compile(r"""\bsay\(\s*"((?:[^"\\]|\\.)*)\"""")
HEAD = """\
# Every sentence that the tablet's own pages say to patients, in English, for whoever translates
# them. Drawn from the pages by `make docs`; do not edit. The questions themselves are not here:
# their official translations are wording packs (docs/guides/content-packs.md).

"""


def sentences() -> list[str]:
    """What the pages say, in the order of the alphabet, and the names of the months."""
    found = set(MONTHS)
    for folder in PAGES:
        for file in files(folder, ".jinja"):
            found.update(IN_TEMPLATE.findall(file.text))
        for file in files(folder, ".py"):
            found.update(_said_in(file))
    return sorted(found)


def _said_in(file: File) -> set[str]:
    return {
        argument.value
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("say", "to_say")
        for argument in node.args[:1]
        if isinstance(argument, ast.Constant)
    }


def drawn() -> str:
    """The file as it must be."""
    rows = "".join(f"    {_quoted(sentence)},\n" for sentence in sentences())
    return f"{HEAD}sentences = [\n{rows}]\n"


def _quoted(sentence: str) -> str:
    return '"' + sentence.replace("\\", "\\\\").replace('"', '\\"') + '"'


def main() -> None:
    """Write the file anew."""
    SENTENCES.parent.mkdir(exist_ok=True)
    SENTENCES.write_text(drawn(), "utf-8")


if __name__ == "__main__":
    main()
