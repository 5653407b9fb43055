"""Asked: the questions of an instrument as items of a Questionnaire, word for word.

Every question may be left out (required is false), because every question may be declined: how a
declined answer looks is in response.py. A question that asks about harm to oneself or others
carries an extension of our own with what a person has to do about a positive or a missing answer.
"""

from collections.abc import Iterator
from typing import Any

from imparts.gateway.fhir.addresses import LOINC, Addresses, coding
from imparts.gateway.fhir.applies import Applying, fact_item
from imparts.gateway.fhir.choices import Choices
from imparts.gateway.fhir.extensions import end_label, with_words
from imparts.rules.forms.reading.vocabulary import ASKS_ABOUT_HARM
from imparts.rules.instruments.definition import Instrument, Item

Json = dict[str, Any]


class Asked:
    """The questions of one instrument, in as many languages as are at hand."""

    def __init__(
        self, instrument: Instrument, addresses: Addresses, others: tuple[Instrument, ...] = ()
    ) -> None:
        self.instrument = instrument
        self.addresses = addresses
        self.others = others
        self.choices = {
            item.id: Choices(instrument, item, addresses, others) for item in instrument.items
        }
        self.applying = Applying(instrument, self.choices)

    def items(self) -> Iterator[Json]:
        """The stem, the facts that take questions away, the questions, and whose they are."""
        if self.instrument.stem:
            stems = [(one.language, one.stem) for one in self.others]
            yield {"linkId": "stem", "type": "display"} | with_words(
                "text", self.instrument.stem, stems
            )
        for name in self.facts():
            words = name.replace("_", " ").capitalize()
            yield {"linkId": fact_item(name), "text": words, "type": "boolean", "required": False}
        for item in self.instrument.items:
            yield self._question(item)
        if self.instrument.rights.notice:
            notices = [(one.language, one.rights.notice) for one in self.others]
            yield {"linkId": "notice", "type": "display"} | with_words(
                "text", self.instrument.rights.notice, notices
            )

    def facts(self) -> list[str]:
        """The facts about a person that take questions away."""
        names = [rule.when_context for rule in self.instrument.scoring.skips if rule.when_context]
        return list(dict.fromkeys(names))

    def _question(self, item: Item) -> Json:
        choices = self.choices[item.id]
        enabling = self.applying.enabling(item)
        extensions = [
            *choices.extensions(),
            *enabling.pop("extension", []),
            *self._about_harm(item),
        ]
        texts = [(one.language, one.by_id[item.id].text) for one in self.others]
        made: Json = {"linkId": item.id, "code": self._codes(item)}
        made |= with_words("text", item.text, texts) | enabling | {"required": False}
        made |= choices.as_item()
        if extensions:
            made = {"extension": extensions} | made
        ends = self._ends(item)
        return made | ({"item": ends} if ends else {})

    def _codes(self, item: Item) -> list[Json]:
        ours = self.addresses.coding("items", f"{self.instrument.id}.{item.id}", item.topic)
        return [coding(LOINC, item.loinc), ours] if item.loinc else [ours]

    def _about_harm(self, item: Item) -> Iterator[Json]:
        if any(one.item == item.id for one in self.instrument.harm_items):
            rules = {flag.code: flag.item for flag in self.instrument.flags}
            alerts = [one for one in self.instrument.alerts if rules.get(one.flag) == item.id]
            words = " ".join(f"{one.flag}: {one.words}." for one in alerts)
            yield {"url": self.addresses.extension(ASKS_ABOUT_HARM), "valueString": words}

    def _ends(self, item: Item) -> list[Json]:
        places = {item.lowest: "lower", item.highest: "upper"} if item.options else {}
        return [
            ({"extension": [end_label(places[value])]} if value in places else {})
            | {"linkId": f"{item.id}.{value}", "type": "display"}
            | with_words("text", f"{value}: {meaning}", self._same_end(item, value))
            for value, meaning in item.anchors
            if meaning
        ]

    def _same_end(self, item: Item, value: int) -> list[tuple[str, str]]:
        found = [(one.language, dict(one.by_id[item.id].anchors).get(value)) for one in self.others]
        return [(language, f"{value}: {words}") for language, words in found if words]
