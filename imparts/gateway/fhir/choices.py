"""Choices: the answers of one item as FHIR writes them.

An answer in words is a coding: LOINC's answer code where the file has one for every option, else a
code of our own, which is the number in our file. The words are always our own, as the patient
reads them, because a code's published text can differ. An answer that is just a number, as on a
scale of 0 to 10, is a number and never a code: LOINC's answer code for 2 on such a scale prints
"2 or more".
"""

from typing import Any

from imparts.gateway.fhir.addresses import LOINC, Addresses, coding
from imparts.gateway.fhir.extensions import range_of, weights, with_words
from imparts.rules.instruments.definition import Instrument, Item, Option
from imparts.rules.scoring.totals import contribution

Json = dict[str, Any]

# A scale with more steps than this is asked as a number with a least and a greatest.
MOST_OPTIONS = 21


class Choices:
    """The answers of one item of one instrument, in as many languages as are at hand."""

    def __init__(
        self,
        instrument: Instrument,
        item: Item,
        addresses: Addresses,
        others: tuple[Instrument, ...] = (),
    ) -> None:
        self.item = item
        codes = [option.code for option in item.options]
        self.is_loinc = None not in codes and len(set(codes)) == len(codes)
        self.system = LOINC if self.is_loinc else addresses.answers(instrument, item.id)
        self.others = others

    @property
    def is_text(self) -> bool:
        """The answer is written freely."""
        return self.item.free_text

    @property
    def is_number(self) -> bool:
        """The answers are bare numbers, or too many to be anything else."""
        options = self.item.options
        bare = all(option.label == str(option.value) for option in options)
        return not self.is_text and (bare or len(options) > MOST_OPTIONS)

    @property
    def is_measured(self) -> bool:
        """The answer is any whole number of a long scale."""
        return self.is_number and len(self.item.options) > MOST_OPTIONS

    def code(self, option: Option) -> str:
        """The code of one answer."""
        return option.code if self.is_loinc and option.code else str(option.value)

    def as_item(self) -> Json:
        """The type of the item and its options."""
        if self.is_text:
            return {"type": "text"}
        if self.is_measured:
            return {"type": "integer"}
        return {"type": "choice", "answerOption": [self._option(one) for one in self.item.options]}

    def extensions(self) -> list[Json]:
        """The ends of a long scale."""
        return range_of(self.item.lowest, self.item.highest) if self.is_measured else []

    def answer(self, value: int | str) -> Json:
        """One answer as it stands in a response; what it counts goes with a coded one."""
        if isinstance(value, str):
            return {"valueString": value}
        option = self.item.option(value)
        if self.is_number or option is None:
            return {"valueInteger": value}
        return {
            "valueCoding": {"extension": self._weights(option)}
            | coding(self.system, self.code(option), option.label)
        }

    def same_as(self, value: int, prefix: str) -> Json:
        """One answer to compare with, as answerCoding or answerInteger."""
        option = self.item.option(value)
        if self.is_number or option is None:
            return {f"{prefix}Integer": value}
        return {f"{prefix}Coding": coding(self.system, self.code(option))}

    def _option(self, option: Option) -> Json:
        if self.is_number:
            return {"extension": self._weights(option), "valueInteger": option.value}
        coded = coding(self.system, self.code(option))
        coded |= with_words("display", option.label, self._translations(option))
        return {"extension": self._weights(option), "valueCoding": coded}

    def _weights(self, option: Option) -> list[Json]:
        """What the answer adds to the score: of a reversed item, from the other end."""
        return weights(contribution(self.item, option.value))

    def _translations(self, option: Option) -> list[tuple[str, str]]:
        found = [(one, one.by_id[self.item.id].option(option.value)) for one in self.others]
        return [(one.language, same.label) for one, same in found if same is not None]
