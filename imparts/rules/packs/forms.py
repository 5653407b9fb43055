"""Forms in a pack: what is needed to ask one, and a short name for each of its questions."""

import base64
import hashlib
import re
from dataclasses import dataclass

from imparts.rules.forms.definition import Form
from imparts.rules.forms.told import NOTHING_TOLD, Told

_PLAIN = re.compile(r"[a-z0-9_-]{1,40}\Z")
_MARK = "x-"


@dataclass(frozen=True, slots=True, eq=False)
class FormToAsk:
    """A form in the language of one sitting, with what its expressions may know."""

    form: Form
    language: str
    told: Told = NOTHING_TOLD

    @property
    def title(self) -> str:
        """Its title in the language of the sitting."""
        return self.form.named(self.language)


def address_of(path: str) -> str:
    """A short name of a path for an address; the same for ever, and never an answer.

    A path may hold any letter and be long. Short plain ones stand as they are; the others by a mark
    of their text. Whoever reads an address looks the question up among those that are asked.
    """
    if _PLAIN.match(path) and not path.startswith(_MARK):
        return path
    mark = hashlib.blake2b(path.encode("utf-8", "replace"), digest_size=15).digest()
    return _MARK + base64.b32encode(mark).decode().lower()
