"""Physical measures: what a code means, its unit and its range, and which typing slips are refused.

Read from one file each (content/physical_measures). Bands and change values stand only where a file
has them, with the mark of where they come from, which every page shows.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from imparts.rules.content import Table, one_of, read_toml
from imparts.rules.instruments.definition import DIRECTIONS, Band
from imparts.rules.scoring.change import plain
from imparts.rules.trends.definition import Scale


@dataclass(frozen=True, slots=True)
class Limits:
    """What a number is called, and between what it is not a slip of the keyboard."""

    name: str
    lowest: Decimal
    highest: Decimal


@dataclass(frozen=True, slots=True)
class PublishedCode:
    """A published code by which other systems name a measure, or one number of a pair."""

    system: str  # as HL7 v2 names it: LN for LOINC, SCT for SNOMED CT
    code: str
    is_second: bool


@dataclass(frozen=True, slots=True)
class PhysicalKind:
    """One kind of physical measure."""

    id: str
    name: str
    measures: str
    unit: str
    lowest: Decimal
    highest: Decimal
    decimals: int
    direction: str
    higher: str
    first: Limits
    second: Limits | None
    change: Decimal | None
    cut: Decimal | None
    bands: tuple[Band, ...]
    status: str
    authored_by: str
    checked_by: str
    codes: tuple[PublishedCode, ...] = ()
    ucum: str = ""
    """The unit as UCUM writes it; a number from elsewhere is taken in this one or in `unit`."""

    @property
    def in_full(self) -> str:
        """As it stands in a list: "DAS28 (joint disease)", "HbA1c (glucose control), mmol/mol"."""
        about = "" if self.measures == self.name else f" ({self.measures.lower()})"
        return f"{self.name}{about}, {self.unit}" if self.unit else f"{self.name}{about}"

    def scale(self, values: tuple[Decimal, ...] = ()) -> Scale:
        """Its scale, as wide as its file says; wider, in tens, where a value lies outside it."""
        wide = (*values, self.lowest, self.highest)
        ten = Decimal(10)
        lowest = self.lowest
        if min(wide) < lowest:
            lowest = (min(wide) / ten).to_integral_value(ROUND_FLOOR) * ten
        highest = self.highest
        if max(wide) > highest:
            highest = (max(wide) / ten).to_integral_value(ROUND_CEILING) * ten
        has_more = bool(self.bands) or self.change is not None
        return Scale(
            key=self.id, name=self.measures, short=self.name, lowest=lowest, highest=highest,
            direction=self.direction, bands=self.bands, cut=self.cut, chance=self.change,
            unit=self.unit, higher=self.higher, decimals=self.decimals,
            marks=(f"bands and change: {self.status}",) if has_more else (),
        )  # fmt: skip

    def is_in_its_unit(self, unit: str) -> bool:
        """Is a number with this unit one of ours? Units are never converted and never guessed."""
        return unit in {self.unit, self.ucum}

    def number(self, value: Decimal) -> Decimal:
        """A value to as many digits as the measure has."""
        return round(value, self.decimals)


def why_refused(
    kind: PhysicalKind, value: Decimal, second: Decimal | None, *, measured_on: date, today: date,
    born_on: date,
) -> str:  # fmt: skip
    """What is wrong with a measurement and how to mend it, in a sentence; empty when nothing is."""
    if measured_on > today:
        return "The day is still to come. Choose today or an earlier day."
    if measured_on < born_on:
        return "The day is before this person was born. Choose the day of the measurement."
    if kind.second is None and second is not None:
        return f"{kind.name} is one number. Leave the second one empty."
    if kind.second is not None and second is None:
        both = f"{kind.first.name.lower()} and {kind.second.name.lower()}"
        return f"{kind.name} is two numbers: {both}. Type both."
    for limits, number in ((kind.first, value), (kind.second, second)):
        if limits is not None and number is not None and (said := _outside(limits, number, kind)):
            return said
    if second is not None and second >= value:
        return "The second number is the lower one. Change the two round."
    return ""


def _outside(limits: Limits, number: Decimal, kind: PhysicalKind) -> str:
    if limits.lowest <= number <= limits.highest:
        if number == round(number, kind.decimals):
            return ""
        many = "no digits" if not kind.decimals else f"at most {kind.decimals} digit"
        return f"{limits.name} has {many} after the point. Type it so."
    unit = f" {kind.unit}" if kind.unit else ""
    between = f"{plain(limits.lowest)} and {plain(limits.highest)}{unit}"
    return f"{limits.name} lies between {between}. Check the number and type it again."


def read_physical_measure(text: str) -> PhysicalKind:
    """One file; ContentRefused says in a sentence what is wrong with it."""
    table = read_toml(text, "physical measure")
    name = table.words("name")
    kind = PhysicalKind(
        id=table.plain_name("id"),
        name=name,
        measures=table.words("measures"),
        unit=table.words_or("unit"),
        lowest=table.number("lowest"),
        highest=table.number("highest"),
        decimals=table.whole("decimals"),
        direction=one_of(table, "direction", DIRECTIONS),
        higher=table.words("higher"),
        first=_limits(table, table.words_or("first", name)),
        second=table.read_if("second", _second),
        change=table.number_or("change"),
        cut=table.number_or("cut"),
        bands=table.read_each("bands", _band),
        status=table.words("status"),
        authored_by=table.words("authored_by"),
        checked_by=table.words("checked_by"),
        codes=table.read_each("codes", _code),
        ucum=table.words_or("ucum"),
    )
    _check(table, kind)
    table.end()
    return kind


def _second(table: Table) -> Limits:
    return _limits(table, table.words("name"))


def _limits(table: Table, name: str) -> Limits:
    found = Limits(name, table.number("plausible_lowest"), table.number("plausible_highest"))
    if found.lowest >= found.highest:
        raise table.refuse("plausible_highest must be above plausible_lowest", "plausible_highest")
    return found


def _band(table: Table) -> Band:
    return Band(
        code=table.plain_name("code"),
        label=table.words("label"),
        lowest=table.number("lowest"),
        highest=table.number("highest"),
    )


def _code(table: Table) -> PublishedCode:
    # Who gives a code says where it comes from; nobody reads it but a person.
    table.words("status")
    return PublishedCode(
        system=one_of(table, "system", ("LN", "SCT")),
        code=table.words("code"),
        is_second=table.yes("is_second", False),
    )


def _check(table: Table, kind: PhysicalKind) -> None:
    if kind.lowest >= kind.highest:
        raise table.refuse("highest must be above lowest", "highest")
    if not 0 <= kind.decimals <= 3:
        raise table.refuse("decimals must be 0 to 3", "decimals")
    edges = [band.lowest for band in kind.bands]
    if edges != sorted(edges) or (edges and edges[0] != kind.lowest):
        raise table.refuse("bands run from lowest upwards, each above the one before", "bands")
    if kind.bands and "general knowledge" not in kind.status and "source" not in kind.status:
        raise table.refuse("status must say where the bands come from", "status")
