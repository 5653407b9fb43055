"""Extensions: those of one place of a file, taken by name; the rest is named in the report."""

from collections.abc import Mapping
from typing import Any

from imparts.rules.forms.definition import Expression, Words
from imparts.rules.forms.reading import vocabulary as v
from imparts.rules.forms.reading.notes import Notes
from imparts.rules.forms.reading.values_reader import coding_of

LONGEST_NAME = 80


class Extensions:
    """The extensions of one object."""

    def __init__(self, held: object, link_id: str, notes: Notes) -> None:
        self.link_id, self.notes = link_id, notes
        self._left: dict[str, list[Mapping[str, Any]]] = {}
        listed = held if isinstance(held, list) else [held] if isinstance(held, dict) else []
        if held is not None and not isinstance(held, list):
            notes.warn(link_id, "extension", "this should be a list of extensions")
        for one in listed:
            if isinstance(one, dict) and isinstance(one.get("url"), str):
                self._left.setdefault(one["url"], []).append(one)
            else:
                notes.warn(link_id, "extension", "an extension without a url was left aside")

    def take(self, *urls: str) -> list[Mapping[str, Any]]:
        """All extensions under any of these names."""
        return [one for url in urls for one in self._left.pop(url, [])]

    def one(self, *urls: str) -> Mapping[str, Any]:
        """The first extension under any of these names; empty when there is none."""
        found = self.take(*urls)
        if len(found) > 1:
            self.notes.warn(self.link_id, found[0]["url"], "it stands here twice; the first counts")
        return found[0] if found else {}

    def flag(self, url: str) -> bool:
        """Whether an extension that says yes or no says yes."""
        return self.one(url).get("valueBoolean") in (True, "true")

    def says_harm(self) -> bool:
        """Whether whoever sent the file says that this question asks about harm."""
        urls = [url for url in self._left if url.endswith(f"/{v.ASKS_ABOUT_HARM}")]
        if self.take(*urls):
            self.notes.honour("said to ask about harm")
        return bool(urls)

    def words(self, *urls: str) -> str:
        """The text of an extension."""
        held = self.one(*urls)
        for key in ("valueString", "valueMarkdown", "valueCode", "valueUri"):
            if isinstance(held.get(key), str):
                return str(held[key])
        return ""

    def control(self) -> str:
        """The item control that we know, if the file names one; another is named in the report."""
        found = ""
        for held in self.take(v.CONTROL):
            code = _code_of(held.get("valueCodeableConcept"))
            if code in v.CONTROLS:
                found = found or code
                self.notes.honour(f"itemControl {code}")
            elif code:
                said = v.CONTROLS_NOT_HONOURED.get(code, "this item control is not known here")
                self.notes.not_honour(self.link_id, f"itemControl {code[:50]}", said)
        return found

    def expressions(self, *urls: str) -> list[Expression]:
        """FHIRPath expressions; those in another language are named in the report."""
        found = []
        for held in self.take(*urls):
            expression = held.get("valueExpression")
            expression = expression if isinstance(expression, dict) else {}
            text, name = expression.get("expression"), expression.get("name")
            language = expression.get("language", v.FHIRPATH)
            if language != v.FHIRPATH or not isinstance(text, str):
                said = f"an expression in {str(language)[:40]}; only FHIRPath is worked out"
                self.notes.not_honour(self.link_id, str(held["url"]), said)
                continue
            found.append(Expression(text, name[:LONGEST_NAME] if isinstance(name, str) else ""))
        return found

    def translations(self) -> Words:
        """The texts of translation extensions, by language."""
        found: dict[str, str] = {}
        for held in self.take(v.TRANSLATION):
            parts = Extensions(held.get("extension"), self.link_id, self.notes)
            language, content = parts.words("lang"), parts.words("content")
            if language and content:
                found.setdefault(language, content)
                self.notes.honour("translation")
            else:
                self.notes.warn(self.link_id, "translation", "it lacks its language or its text")
        return tuple(found.items())

    def end(self) -> None:
        """Name what nobody took: without effect, not honoured, or not known."""
        for url, held in self._left.items():
            for _ in held:
                self._end_one(url)

    def _end_one(self, url: str) -> None:
        if url in v.WITHOUT_EFFECT:
            self.notes.honour("notes for authors and programs")
        elif url in v.NOT_HONOURED:
            self.notes.not_honour(self.link_id, url, v.NOT_HONOURED[url])
        elif url in v.HONOURED:
            self.notes.warn(self.link_id, url, "it means nothing at this place; it was left aside")
        else:
            self.notes.not_honour(self.link_id, url, "this extension is not known here")


def _code_of(held: object) -> str:
    codings = held.get("coding") if isinstance(held, Mapping) else None
    for coding in codings if isinstance(codings, list) else []:
        found = coding_of(coding)
        if found is not None and found.code:
            return found.code
    return ""
