"""Everything that a patient reads, in an invented "Welsh": each text marked as being of it."""

import json
import tomllib
from pathlib import Path

import tomli_w

import imparts.content
from imparts.library import actions as library
from imparts.library.queries import newest_instruments, sentences
from tests.builders import NOON
from tests.rules.wording.invented import translation_of

MARK = "[cy] "
CORE = ("phq9", "gad7", "smoking_core")


def page_words(**changed: object) -> str:
    """The words of the pages, whole unless told otherwise."""
    return tomli_w.dumps(
        {
            "language": "cy", "name": "Cymraeg", "direction": "ltr", "version": "invented 1",
            "authority": "Invented authority", "dated": NOON.date(), "source": "Invented.",
            "words": {sentence: MARK + sentence for sentence in sentences()},
        }
        | changed
    )  # fmt: skip


def patient_texts() -> str:
    """What patients in England are told after item 9, marked."""
    folder = Path(imparts.content.__file__).parent / "patient_texts"
    texts = tomllib.loads((folder / "england.toml").read_text(encoding="utf-8"))
    for page in ("calm", "declined", "not_sent"):
        for line in texts[page]["lines"]:
            line["text"] = MARK + line["text"]
        for key in ("heading", "go_on", "talk_now"):
            if key in texts[page]:
                texts[page][key] = MARK + texts[page][key]
    for number in texts["numbers"]:
        number["who"] = MARK + number["who"]
        number["before"] = MARK + number["before"]
        number["after"] = MARK + number.get("after", "")
    texts["numbers_heading"] = MARK + texts["numbers_heading"]
    return tomli_w.dumps(texts | {"language": "cy", "version": "invented 1"})


def load(*, words: bool = True, texts: bool = True, instruments: tuple[str, ...] = CORE) -> None:
    """Load as much of the language as a test wants."""
    known = newest_instruments()
    texts_of = [("page_words", page_words())] if words else []
    texts_of += [("patient_text", patient_texts())] if texts else []
    texts_of += [("wording", json.dumps(translation_of(known[key], "cy"))) for key in instruments]
    for kind, text in texts_of:
        assert library.load_file(kind=kind, text=text, at=NOON, is_shipped=False, by="loader")
