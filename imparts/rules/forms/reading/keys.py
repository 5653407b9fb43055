"""Keys: one object of a file, taken key by key; a wrong kind is mended or named, never a crash."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from imparts.rules.forms.reading.notes import Notes


class Keys:
    """One object of a file, whose keys are taken one after the other."""

    def __init__(self, values: Mapping[str, Any], link_id: str, notes: Notes) -> None:
        self._left = dict(values)
        self.link_id, self.notes = link_id, notes

    def take(self, key: str) -> Any:
        """Whatever stands there; None when nothing does."""
        return self._left.pop(key, None)

    def text(self, key: str) -> str:
        """A text; empty when there is none."""
        value = self.take(key)
        if value is None or isinstance(value, str):
            return value or ""
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            self.warn(key, "a number was read as text")
            return str(value)
        self._wrong(key, "a text")
        return ""

    def flag(self, key: str) -> bool:
        """True or false; false when nothing is said."""
        value = self.take(key)
        if value in ("true", "false"):
            self.warn(key, "true or false stood in quotes")
            return bool(value == "true")
        if value is None or isinstance(value, bool):
            return bool(value)
        self._wrong(key, "true or false")
        return False

    def whole(self, key: str) -> int | None:
        """A whole number that is not negative."""
        value = self.number(key)
        if value is None:
            return None
        if value != value.to_integral_value() or not 0 <= value <= 2**31:
            self._wrong(key, "a whole number")
            return None
        return int(value)

    def number(self, key: str) -> Decimal | None:
        """An exact number; one in quotes is mended."""
        value = self.take(key)
        if isinstance(value, str):
            try:
                mended = Decimal(value.strip()) if len(value) < 50 else None
            except InvalidOperation:
                mended = None
            if mended is not None and mended.is_finite() and abs(mended.adjusted()) < 50:
                self.warn(key, "a number stood in quotes")
                return mended
        elif isinstance(value, int | Decimal) and not isinstance(value, bool):
            return Decimal(value)
        if value is not None:
            self._wrong(key, "a number")
        return None

    def objects(self, key: str) -> list[Mapping[str, Any]]:
        """A list of objects; one on its own is mended."""
        value = self.take(key)
        if value is None:
            return []
        if isinstance(value, dict):
            self.warn(key, "one object stood where a list of objects belongs")
            value = [value]
        if not isinstance(value, list):
            self._wrong(key, "a list")
            return []
        found: list[Mapping[str, Any]] = [one for one in value if isinstance(one, dict)]
        if len(found) != len(value):
            self.warn(key, "something in the list is no object and was left out")
        return found

    def beside(self, key: str) -> Mapping[str, Any]:
        """What stands beside a plain value, under its name with an underscore: its extensions."""
        value = self.take(f"_{key}")
        if isinstance(value, dict):
            return value
        if value is not None:
            self._wrong(f"_{key}", "an object")
        return {}

    def pass_over(self, *keys: str) -> None:
        """Keys that ask for nothing."""
        for key in keys:
            self._left.pop(key, None)
            self._left.pop(f"_{key}", None)

    def end(self) -> None:
        """Name what nobody took."""
        for key in self._left:
            self.warn(key, "this key is not one of FHIR R4 at this place; it was left aside")

    def warn(self, what: str, sentence: str) -> None:
        """Something at this place was mended."""
        self.notes.warn(self.link_id, what, sentence)

    def not_honour(self, what: str, sentence: str) -> None:
        """Something at this place cannot be done."""
        self.notes.not_honour(self.link_id, what, sentence)

    def _wrong(self, key: str, said: str) -> None:
        self.warn(key, f"this should be {said} and is not; it was left aside")
