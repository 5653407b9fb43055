"""Every page on which a form asks something, drawn from the invented form of the journeys."""

from pathlib import Path

from imparts.informatics.questionnaires.pages.frame import Bar, Look
from imparts.informatics.questionnaires.pages.question import QuestionPage
from imparts.rules.forms.reader import read_form
from imparts.rules.forms.screens import Screen, screens
from imparts.rules.instruments.definition import Item
from imparts.rules.packs.asking import Question

FILE = Path(__file__).parent / "kettle_and_cup.json"
BAR = Bar(back="/back/", text="/text/", help="/help/")


def form_pages(size: str) -> list[tuple[str, object]]:
    """One page of each kind of question, and the same with something wrong."""
    form, _ = read_form(FILE.read_text("utf-8"))
    answers = {"1.3": (True,), "3": (2,)}
    found = screens(form, answers)
    return [
        ("question", _page(screen, number, len(found), size=size, error=error))
        for number, screen in enumerate(found, start=1)
        for error in ("", "Choose one of the answers, or write your own")
    ]


def _page(screen: Screen, number: int, of: int, *, size: str, error: str) -> QuestionPage:
    item = Item(screen.path, screen.text, (), free_text=True)
    asked = Question("kettle-and-cup", item, "", "Kettles", number, of, screen)
    return QuestionPage.about(
        asked, given=None, look=Look(size=size), bar=BAR, one_tap=False, token="", error=error,
        typed={"words": ["Earl Grey"], "number": ["3"]} if error else None, rows=2 if error else 1,
    )  # fmt: skip
