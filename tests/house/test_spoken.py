"""What the tablet says to patients goes through say(), and translators have the whole list."""

import re

from tests.house import spoken
from tests.house.reading import ROOT

FOLDER = ROOT / "imparts/informatics/questionnaires/templates/questionnaires"
FRAME = ROOT / "imparts/design/templates/design/frame_tablet.jinja"
FOR_STAFF = {"start.jinja", "hand_over.jinja"}  # seen by whoever hands the tablet over
SHOWN_AS_A_PICTURE = {"Aa"}


def test_the_list_for_translators_is_what_the_pages_say() -> None:
    assert spoken.SENTENCES.read_text("utf-8") == spoken.drawn(), "run `make docs`"


def test_no_page_for_patients_says_anything_past_the_list() -> None:
    bare = {
        (path.name, text)
        for path in [FRAME, *FOLDER.glob("*.jinja")]
        if path.name not in FOR_STAFF
        for text in bare_texts(path.read_text("utf-8"))
    }
    assert bare == set()


def bare_texts(template: str) -> set[str]:
    """The words of a template that stand outside of any expression."""
    plain = re.sub(r"\{#.*?#\}|\{%.*?%\}", "", template, flags=re.S)
    plain = re.sub(r"\{\{.*?\}\}", "", plain, flags=re.S)
    texts = re.findall(r">([^<]*)<", plain) + re.findall(r'aria-label="([^"]*)"', plain)
    words = {text.strip(" :,.\n") for text in texts} - SHOWN_AS_A_PICTURE
    return {text for text in words if re.search(r"[A-Za-z]{2}", text)}


def test_a_bare_word_in_a_template_would_be_found() -> None:
    assert bare_texts('<p>Hello {{ say("you") }}</p>') == {"Hello"}
    assert bare_texts('<p>{{ say("you") }}</p>{# <b>note</b> #}') == set()
