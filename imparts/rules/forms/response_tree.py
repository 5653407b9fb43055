"""The response as a tree: FHIR's nested items, grown one item at a time, in document order."""

from bisect import bisect
from typing import Any

from imparts.rules.forms.definition import Form
from imparts.rules.forms.json_values import answer_json
from imparts.rules.forms.paths import Place
from imparts.rules.forms.reading import vocabulary as v
from imparts.rules.forms.values import Value


class ResponseTree:
    """The items of one QuestionnaireResponse while its form is being worked out.

    Items come in the order in which they can be worked out, and each is put where it stands in the
    form. What holds no answer is not there, as in any response that is sent.
    """

    def __init__(self, form: Form) -> None:
        self._form = form
        self.items: list[dict[str, Any]] = []
        self._nodes: dict[tuple[Place, int], dict[str, Any]] = {}
        self._placed: dict[int, list[tuple[int, int]]] = {}

    def answer(self, place: Place, values: tuple[Value, ...]) -> None:
        """Put the answers to one question where they belong."""
        item = self._form.by_id[place.link_id]
        self._node(place, 0)["answer"] = [answer_json(item, value) for value in values]

    def declined(self, place: Place) -> None:
        """Say that a question was asked and its answer declined, once all is worked out."""
        absent = {"url": v.ABSENT_REASON, "valueCode": "asked-declined"}
        self._node(place, 0)["answer"] = [{"extension": [absent]}]

    def open(self, place: Place, number: int) -> None:
        """Put one time of a repeating group there, even if nothing in it is answered."""
        self._node(place, number)

    def at(self, place: Place, number: int = 0) -> dict[str, Any]:
        """What stands at a place; an item without answers when nothing does."""
        found = self._nodes.get((place, number))
        return found if found is not None else {"linkId": place.link_id}

    def _node(self, place: Place, number: int) -> dict[str, Any]:
        found = self._nodes.get((place, number))
        if found is None:
            found = self._nodes[place, number] = {"linkId": place.link_id}
            siblings = self._siblings(place)
            rank = (self._form.ranks[place.link_id], number)
            placed = self._placed.setdefault(id(siblings), [])
            at = bisect(placed, rank)
            placed.insert(at, rank)
            siblings.insert(at, found)
        return found

    def _siblings(self, place: Place) -> list[dict[str, Any]]:
        """The list that a place's item stands in: the response's own, a group's, an answer's."""
        above = self._form.parents[place.link_id]
        if not above:
            return self.items
        around = self._form.by_id[above]
        number = place.within[-1][1] if around.repeats else 0
        parent = Place(above, place.within[:-1] if around.repeats else place.within)
        if not around.is_question:
            inside: list[dict[str, Any]] = self._node(parent, number).setdefault("item", [])
            return inside
        answers = self._node(parent, 0).setdefault("answer", [{}])
        under: list[dict[str, Any]] = answers[max(number, 1) - 1].setdefault("item", [])
        return under
