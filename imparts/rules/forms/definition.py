"""The frozen shapes of one form, and of the report that its import gives.

Texts are plain text, never markup: whoever shows them escapes them. Nothing here decides anything;
reader.py makes these shapes, filling.py says what applies and works values out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from imparts.rules.forms.values import Coding, Value

# Words by language: (("cy", "..."), ("pl", "...")). The form's own language is not among them.
Words = tuple[tuple[str, str], ...]

# Types that are asked. "group" holds items, "display" is shown; neither takes an answer.
QUESTION_TYPES = (
    "boolean", "decimal", "integer", "date", "dateTime", "time", "string", "text", "url",
    "choice", "open-choice", "attachment", "reference", "quantity",
)  # fmt: skip
ITEM_TYPES = ("group", "display", *QUESTION_TYPES)
# We store no files and look nobody up, so these two are asked only when the file lists the answers.
NOT_ASKED_HERE = ("attachment", "reference")
NEEDS_OPTIONS = (*NOT_ASKED_HERE, "choice")


@dataclass(frozen=True, slots=True)
class FormOption:
    """One answer that a form offers."""

    value: Value
    label: str
    weight: Decimal | None = None
    prefix: str = ""
    is_exclusive: bool = False  # chosen alone, such as "none of these"
    is_initial: bool = False
    labels: Words = ()

    def words(self, language: str) -> str:
        """The label in a language, else in the form's own."""
        return dict(self.labels).get(language, self.label)


def option_in(options: tuple[FormOption, ...], value: object) -> FormOption | None:
    """The option that a value names, if it is one of these."""
    for option in options:
        if option.value == value or (
            isinstance(option.value, Coding) and option.value.same_as(value)
        ):
            return option
    return None


@dataclass(frozen=True, slots=True)
class EnableWhen:
    """One condition: the item applies when another question has such an answer."""

    question: str
    operator: str  # exists = != > < >= <=
    answer: Value


@dataclass(frozen=True, slots=True)
class Expression:
    """A FHIRPath expression of the file; a variable has a name."""

    text: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class FormItem:
    """One group, display text or question, with what stands under it."""

    link_id: str
    text: str
    type: str
    prefix: str = ""
    required: bool = False
    repeats: bool = False
    read_only: bool = False
    hidden: bool = False
    says_harm: bool = False  # whoever sent the file says that it asks about harm
    options: tuple[FormOption, ...] = ()
    enable_when: tuple[EnableWhen, ...] = ()
    enable_behavior: str = "all"  # or any
    initial: tuple[Value, ...] = ()
    min: Value | None = None
    max: Value | None = None
    min_length: int | None = None
    max_length: int | None = None
    max_decimals: int | None = None
    regex: str = ""
    entry_format: str = ""
    unit: Coding | None = None
    units: tuple[Coding, ...] = ()  # a quantity is given in one of these, when there are any
    min_occurs: int | None = None
    max_occurs: int | None = None
    calculated: Expression | None = None
    initial_expression: Expression | None = None
    enable_expression: Expression | None = None
    variables: tuple[Expression, ...] = ()
    control: str = ""  # itemControl code that we honour: drop-down, slider, page, ...
    help: str = ""
    lower: str = ""  # what the low end of a scale means
    upper: str = ""
    slider_step: int | None = None
    codes: tuple[Coding, ...] = ()
    texts: Words = ()
    helps: Words = ()
    items: tuple["FormItem", ...] = ()

    @property
    def is_question(self) -> bool:
        """Whether it takes answers."""
        return self.type in QUESTION_TYPES

    @property
    def may_be_asked(self) -> bool:
        """Whether a person may answer it here."""
        return (
            self.is_question
            and not (self.read_only or self.hidden or self.calculated)
            and (self.type not in NEEDS_OPTIONS or bool(self.options))
        )

    def words(self, language: str) -> str:
        """The text in a language, else in the form's own."""
        return dict(self.texts).get(language, self.text)

    def option(self, value: object) -> FormOption | None:
        """The option that a value names, if it is one of those offered."""
        return option_in(self.options, value)


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """One questionnaire that someone else wrote, whole."""

    key: str  # a short name for addresses and files, made from its url or title
    url: str
    version: str
    title: str
    status: str
    copyright: str
    languages: tuple[str, ...]  # the form's own first, then those it is wholly translated into
    items: tuple[FormItem, ...]
    titles: Words = ()
    publisher: str = ""
    description: str = ""
    codes: tuple[Coding, ...] = ()
    variables: tuple[Expression, ...] = ()
    resource: Mapping[str, Any] = field(default_factory=dict, repr=False)  # as read, repaired
    by_id: Mapping[str, FormItem] = field(init=False, repr=False)
    parents: Mapping[str, str] = field(init=False, repr=False)  # link id to link id; "" at the top
    ranks: Mapping[str, int] = field(init=False, repr=False)  # link id to its place in the form

    def __post_init__(self) -> None:
        pairs = tuple(_with_parents(self.items, ""))
        object.__setattr__(self, "by_id", {item.link_id: item for item, _ in pairs})
        object.__setattr__(self, "parents", {item.link_id: above for item, above in pairs})
        object.__setattr__(self, "ranks", {name: rank for rank, name in enumerate(self.by_id)})

    @property
    def language(self) -> str:
        """The language that the form was written in."""
        return self.languages[0]

    @property
    def all_items(self) -> tuple[FormItem, ...]:
        """Every item, in the order in which it stands."""
        return tuple(self.by_id.values())

    def named(self, language: str) -> str:
        """The title in a language, else in the form's own."""
        return dict(self.titles).get(language, self.title)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """Something that an import changed or cannot honour."""

    link_id: str  # "" for the form as a whole
    what: str  # the key or extension that it is about
    sentence: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a file: what we do as it says, what we mended, and what we cannot do."""

    honoured: Mapping[str, int]  # feature to how often it was found
    warnings: tuple[ReportLine, ...]  # mended, and how
    not_honoured: tuple[ReportLine, ...]  # item by item
    harm_suspects: tuple[str, ...]  # items that may ask about harm; a named person decides each


def _with_parents(items: tuple[FormItem, ...], above: str) -> Iterator[tuple[FormItem, str]]:
    for item in items:
        yield item, above
        yield from _with_parents(item.items, item.link_id)
