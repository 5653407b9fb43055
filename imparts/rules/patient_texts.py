"""What patients are told after item 9, and which numbers they can call, per nation.

The words and numbers are a dated, versioned file of one nation, because both change: in 2023 the
wording for NHS 111 did. A number that our clinical reference does not hold for a nation is not
guessed; the file says what is left out, and the site adds it with its source.
"""

from dataclasses import dataclass
from datetime import date

from imparts.rules.content import Table, one_of, read_toml

NATIONS = ("england", "scotland", "wales", "northern_ireland")


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class HelpNumber:
    """One way to reach help: "NHS: call 111 and select the mental health option"."""

    who: str
    before: str
    number: str
    after: str
    in_clinic: bool  # shown on the page in clinic; the others are for forms filled in at home
    source: str

    @property
    def tail(self) -> str:
        """What follows the number, with the space it needs: a full stop needs none."""
        return (
            self.after if self.after.startswith((".", ",")) or not self.after else f" {self.after}"
        )

    @property
    def in_words(self) -> str:
        """The whole line, for a place that cannot set the number in bold."""
        return f"{self.who}: {self.before} {self.number}{self.tail}"


@dataclass(frozen=True, slots=True)
class CalmPage:
    """One page for the patient: a heading that says nothing to a neighbour, and a few lines."""

    heading: str
    lines: tuple[Line, ...]
    go_on: str
    talk_now: str  # empty: this page offers no such button
    shows_numbers: bool
    told: str  # for the clinician: what the patient was told


@dataclass(frozen=True, slots=True)
class PatientTexts:
    """Everything that patients of one nation are told about item 9."""

    nation: str
    language: str
    name: str
    version: str
    calm: CalmPage
    declined: CalmPage
    not_sent: CalmPage
    numbers_heading: str
    numbers: tuple[HelpNumber, ...]
    left_out: tuple[str, ...]
    authored_by: str
    checked_by: str
    reviewed_on: date
    next_review: date
    sources: tuple[str, ...]

    @property
    def key(self) -> str:
        """How the texts of one nation in one language are found."""
        return texts_key(self.nation, self.language)

    @property
    def clinic_numbers(self) -> tuple[HelpNumber, ...]:
        """The numbers that are shown in clinic."""
        return tuple(number for number in self.numbers if number.in_clinic)


def texts_key(nation: str, language: str) -> str:
    """Such as "wales" for English, or "wales.cy" for another language."""
    return nation if language == "en" else f"{nation}.{language}"


def read_patient_texts(text: str) -> PatientTexts:
    """Read one file of imparts/content/patient_texts; raises ContentRefused with a sentence."""
    table = read_toml(text, "patient text")
    texts = PatientTexts(
        nation=one_of(table, "nation", NATIONS),
        language=table.words_or("language", "en"),
        name=table.words("name"),
        version=table.words("version"),
        calm=_read_page(table.table("calm")),
        declined=_read_page(table.table("declined")),
        not_sent=_read_page(table.table("not_sent")),
        numbers_heading=table.words("numbers_heading"),
        numbers=tuple(_read_number(one) for one in table.tables("numbers")),
        left_out=table.names_or("left_out"),
        authored_by=table.words("authored_by"),
        checked_by=table.words("checked_by"),
        reviewed_on=table.day("reviewed_on"),
        next_review=table.day("next_review"),
        sources=table.names("sources"),
    )
    table.end()
    _check(table, texts)
    return texts


def _read_page(one: Table) -> CalmPage:
    page = CalmPage(
        heading=one.words("heading"),
        lines=tuple(_read_line(line) for line in one.tables("lines")),
        go_on=one.words("go_on"),
        talk_now=one.words_or("talk_now"),
        shows_numbers=one.yes("shows_numbers", otherwise=False),
        told=one.words("told"),
    )
    if not page.lines:
        raise one.refuse("there are no lines")
    one.end()
    return page


def _read_line(one: Table) -> Line:
    line = Line(text=one.words("text"), strong=one.yes("strong", otherwise=False))
    one.end()
    return line


def _read_number(one: Table) -> HelpNumber:
    number = HelpNumber(
        who=one.words("who"),
        before=one.words("before"),
        number=one.words("number"),
        after=one.words_or("after"),
        in_clinic=one.yes("in_clinic"),
        source=one.words("source"),
    )
    one.end()
    return number


def _check(table: Table, texts: PatientTexts) -> None:
    if not texts.clinic_numbers:
        raise table.refuse("no number is shown in clinic")
    if not texts.calm.talk_now:
        raise table.refuse("the calm page must offer to talk to someone now")
    for page in (texts.calm, texts.declined, texts.not_sent):
        said = " ".join([page.heading, *(line.text for line in page.lines)]).lower()
        if "your doctor knows" in said:
            raise table.refuse('never say "your doctor knows": nobody has acknowledged it yet')
        if page.heading.lower() == "thank you":
            raise table.refuse('the heading "Thank you" belongs to the last page alone')
    table.check_review(texts.reviewed_on, texts.next_review)
