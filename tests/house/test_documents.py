"""Documents: what README and the others say is so; every path, link, verb and example is real."""

import ast
import importlib
import re

import pytest
from django.apps import apps

from imparts.design.version import VERSION
from imparts.rules.instruments.reader import read_instrument
from imparts.rules.packs.reader import read_pack
from imparts.rules.pathways.reader import read_pathway
from tests.house.reading import (
    PACKAGE,
    ROOT,
    File,
    files,
    nothing_wrong,
    program,
    settings_of_the_house,
    text,
    words,
)

_LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(#[\w-]+)?\)")
_PATH = re.compile(r"`((?:imparts|tests|docs|requirements)/[\w./-]*)(?:::\w+)?`")
_VERB = re.compile(r"`make ([a-z-]+)`|^make ([a-z-]+)$", re.MULTILINE)
_IN_CODE = re.compile(r"\b(docs/[\w/-]+\.md|[A-Z]{4,}\.md)\b")
_SECTIONS = ("Context", "Options", "Decision", "What it costs", "Which check enforces it")
_SAMPLE = re.compile(r"```(toml|python)\n(.*?)```", re.DOTALL)


def documents() -> tuple[File, ...]:
    """Every text for people: at the top of the repository and under docs/."""
    here = [File(p.name, p.read_text(encoding="utf-8")) for p in sorted(ROOT.glob("*.md"))]
    return (*here, *files("docs", ".md"))


def records() -> tuple[File, ...]:
    """The decision records."""
    return files("docs/decisions", ".md")


def dead_ends(file: File) -> list[str]:
    """Links and paths that lead nowhere."""
    start = (ROOT / file.path).parent
    links = [(name, (start / name).exists()) for name, _ in _LINK.findall(file.text) if name]
    paths = [(name, (ROOT / name).exists()) for name in _PATH.findall(file.text)]
    return [f"{file.path}: {name} is not there." for name, there in (*links, *paths) if not there]


def verbs_not_there(file: File, makefile: str) -> list[str]:
    """`make` verbs that a document names and the Makefile does not have."""
    named = {one or other for one, other in _VERB.findall(file.text)}
    have = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    return [f"{file.path}: there is no `make {verb}`." for verb in sorted(named - have)]


def parts_left_out(record: File) -> list[str]:
    """Headings that a decision record lacks, or leaves empty."""
    return [
        f"{record.path}: the section '{section}' is missing or empty."
        for section in _SECTIONS
        if not re.search(rf"^## {section}\n+[^\s#]", record.text, re.MULTILINE)
    ]


def samples(document: str) -> dict[str, str]:
    """The samples of a document by the word in their first line, or by their language."""
    found = {}
    for language, sample in _SAMPLE.findall(text(document)):
        kind = re.match(r"# (\w+)\n", sample)
        found[kind[1] if kind else language] = sample
    return found


def test_no_document_leads_nowhere() -> None:
    later = "docs/pictures/"  # drawn by a script from the running demonstration
    found = [wrong for file in documents() for wrong in dead_ends(file)]
    nothing_wrong(wrong for wrong in found if later not in wrong)


def test_no_file_of_the_program_names_a_document_that_is_not_there() -> None:
    nothing_wrong(
        f"{file.path} names {name}, which is not there."
        for file in program()
        for name in _IN_CODE.findall(file.text)
        if not (ROOT / name).exists() and not list(PACKAGE.rglob(name))
    )


def test_every_verb_in_a_document_is_in_the_makefile() -> None:
    makefile = text("Makefile")
    nothing_wrong(w for file in documents() for w in verbs_not_there(file, makefile))


def test_every_decision_record_says_all_five_things() -> None:
    nothing_wrong(wrong for record in records() for wrong in parts_left_out(record))


def test_decision_records_are_numbered_without_gaps() -> None:
    numbers = [int(record.path.split("/")[-1][:4]) for record in records()]
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_table_stands_in_the_glossary() -> None:
    named = set(re.findall(r"`(\w+)`", text("GLOSSARY.md")))
    tables = {m.__name__ for m in apps.get_models() if m.__module__.startswith("imparts.")}
    assert tables - named == set()


def test_every_setting_stands_in_the_guide_for_trust_it() -> None:
    asked = {name for file in program() for name in re.findall(r'"(IMPARTS_[A-Z_]+)"', file.text)}
    # What our own processes tell each other, and what is refused, is no setting of a site.
    inner = words("IMPARTS_AS_OWNER IMPARTS_SERVE_BEHIND IMPARTS_STARTED_BY IMPARTS_DEBUG")
    named = set(re.findall(r"`(IMPARTS_[A-Z_]+)`", text("docs/guides/for-trust-it.md")))
    assert asked - inner - named == set()


def test_the_licence_is_whole_and_others_terms_lie_beside_their_work() -> None:
    licence = text("LICENCE")
    assert "Version 2.0, January 2004" in licence and "END OF TERMS AND CONDITIONS" in licence
    assert (PACKAGE / "content/instruments/audit/TERMS.md").exists()
    assert (PACKAGE / "design/static/design/vendor/LICENCE.txt").exists()


def test_the_recipes_for_clinicians_are_taken_by_the_readers() -> None:
    recipes = samples("CONTRIBUTING.md")
    shipped = files("imparts/content/instruments", ".toml")
    known = {i.id: i for file in shipped for i in [read_instrument(file.text)]}
    assert read_instrument(recipes["instrument"]).id == "sleep_nrs"
    assert read_pack(recipes["pack"], known).id == "example_outpatient"
    assert read_pathway(recipes["pathway"]).id == "example_pathway"


def test_the_recipe_for_a_page_imports_what_is_there() -> None:
    for node in ast.walk(ast.parse(samples("CONTRIBUTING.md")["python"])):
        if isinstance(node, ast.ImportFrom) and node.module:
            module = importlib.import_module(node.module)
            for name in node.names:
                if not hasattr(module, name.name):
                    importlib.import_module(f"{node.module}.{name.name}")


@pytest.mark.parametrize("bad", ["[x](docs/nothing.md)", "`tests/house/nothing.py`"])
def test_a_dead_end_is_found(bad: str) -> None:
    assert dead_ends(File("README.md", bad))
    assert not dead_ends(File("README.md", "[x](docs/map.md) `imparts/rules/`"))


def test_a_verb_that_is_not_there_is_found() -> None:
    assert verbs_not_there(File("x.md", "run `make tea`"), "test: check\n")
    assert not verbs_not_there(File("x.md", "run `make test`"), "test: check\n")


def test_a_record_without_its_costs_is_found() -> None:
    whole = "\n\n".join(f"## {section}\n\nWords." for section in _SECTIONS)
    assert not parts_left_out(File("x.md", whole))
    assert parts_left_out(File("x.md", whole.replace("## What it costs", "## Other")))


def test_the_program_says_the_version_that_the_package_has() -> None:
    assert settings_of_the_house()["project"]["version"] == VERSION
