"""The PDF of a letter, read by another program: one page, tagged, titled, headed, described."""

import io
from typing import Any

import pikepdf
import pytest
from django.urls import reverse

from imparts.design import pdf
from tests.apps.workspace.given import text_of
from tests.apps.workspace.letters_given import Visit, made_letter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo", "a_november_morning")]


def elements(node: Any, found: list[Any] | None = None) -> list[Any]:
    """Every element of the structure, in reading order."""
    found = [] if found is None else found
    if isinstance(node, pikepdf.Array):
        for each in node:
            elements(each, found)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            found.append(node)
        if "/K" in node:
            elements(node.K, found)
    return found


def kinds(document: pikepdf.Pdf) -> list[str]:
    """The kinds of the elements, in reading order."""
    return [str(one.S) for one in elements(document.Root.StructTreeRoot.K)]


def the_pdf(client: Any, **said: Any) -> pikepdf.Pdf:
    """The PDF of a letter to the GP."""
    letter = made_letter(client, Visit(), **said)
    answer = client.get(reverse("workspace:letter_pdf", args=[letter.pk]))
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    assert "thimblewick" not in answer["Content-Disposition"].lower()
    return pikepdf.open(io.BytesIO(answer.content))


def test_it_is_one_page_tagged_with_language_and_title(client) -> None:
    document = the_pdf(client)
    root = document.Root
    assert len(document.pages) == 1
    assert bool(root.MarkInfo.Marked) is True
    assert str(root.Lang) == "en-GB"
    assert bool(root.ViewerPreferences.DisplayDocTitle) is True
    assert str(document.docinfo["/Title"]) == "Letter to the GP"
    assert document.open_metadata()["pdfuaid:part"] == "1"


def test_its_file_says_nothing_of_the_person_in_its_properties(client) -> None:
    document = the_pdf(client)
    assert "thimblewick" not in str(dict(document.docinfo)).lower()


def test_headings_come_in_order_and_the_action_is_the_first(client) -> None:
    found = kinds(the_pdf(client))
    headings = [one for one in found if one in ("/H1", "/H2", "/H3")]
    assert found.index("/H1") < found.index("/P") < found.index("/Table")
    assert headings[0] == "/H1" and headings.count("/H1") == 1 and set(headings[1:]) == {"/H2"}


def test_every_cell_knows_its_heads(client) -> None:
    document = the_pdf(client)
    cells = [one for one in elements(document.Root.StructTreeRoot.K) if one.S == "/TD"]
    heads = [one for one in elements(document.Root.StructTreeRoot.K) if one.S == "/TH"]
    assert len(heads) >= 5 and cells
    scopes = [str(a.Scope) for one in heads for a in one.A if "/Scope" in a]
    assert len(scopes) == len(heads)
    assert all(any(len(a.get("/Headers", [])) for a in one.A) for one in cells)


def test_the_plot_has_words_for_who_cannot_see_it(client) -> None:
    document = the_pdf(client)
    figures = [one for one in elements(document.Root.StructTreeRoot.K) if one.S == "/Figure"]
    assert len(figures) == 1
    assert "Low mood: worse by 8" in str(figures[0].Alt)


def test_every_font_is_embedded(client) -> None:
    document = the_pdf(client)
    fonts = document.pages[0].Resources.Font
    files = ("/FontFile", "/FontFile2", "/FontFile3")
    for font in fonts.values():
        described = font.DescendantFonts[0].FontDescriptor
        assert any(name in described for name in files)
        assert "Arimo" in str(described.FontName)


def test_the_same_letter_is_the_same_file(client) -> None:
    letter = made_letter(client, Visit())
    address = reverse("workspace:letter_pdf", args=[letter.pk])
    assert client.get(address).content == client.get(address).content


def test_where_there_is_no_pdf_the_page_says_so_and_shows_the_letter(client, monkeypatch) -> None:
    def none(*_: Any, **__: Any) -> bytes:
        raise pdf.NoPdf(pdf.NOT_INSTALLED)

    monkeypatch.setattr("imparts.workspace.views.letters.pdf_of", none)
    letter = made_letter(client, Visit())
    answer = client.get(reverse("workspace:letter_pdf", args=[letter.pk]))
    assert answer.status_code == 503
    assert "pip install typst" in text_of(answer) and "Action for GP" in text_of(answer)
