"""Options: what a pathway can send somebody to, as one file names them (options.toml)."""

from dataclasses import dataclass

from imparts.rules.content import Table, one_of, read_toml

KINDS = ("refer", "self_help", "training", "other")


@dataclass(frozen=True, slots=True)
class Option:
    """A service, a guide or a training that a step may name by its code."""

    code: str
    name: str  # as a heading or the beginning of a sentence: "Liaison psychiatry"
    in_words: str  # inside a sentence: "liaison psychiatry"
    kind: str  # one of KINDS
    responsible: str  # who runs it, and signs when a pathway sends it more people
    source: str


def read_options(text: str) -> dict[str, Option]:
    """The options of a file by their codes, in its order; raises ContentRefused with a sentence."""
    table = read_toml(text, "options")
    found: dict[str, Option] = {}
    for one in table.tables("options"):
        option = _read(one)
        if option.code in found:
            raise one.refuse(f"the option {option.code} stands there twice", "code")
        found[option.code] = option
    table.end()
    if not found:
        raise table.refuse("there are no options")
    return found


def code_in_words(code: str) -> str:
    """What a code says by itself, where no name is known for it: "liaison psychiatry"."""
    return code.replace("_", " ")


def _read(one: Table) -> Option:
    name = one.words("name")
    option = Option(
        code=one.plain_name("code"),
        name=name,
        in_words=one.words_or("in_words", name),
        kind=one_of(one, "kind", KINDS),
        responsible=one.words("responsible"),
        source=one.words("source"),
    )
    one.end()
    return option
