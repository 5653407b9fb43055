"""PDF: one typst file and the facts that it draws, to a tagged PDF (PDF/UA-1).

typst is one wheel without system libraries, so a clean machine can draw letters (decision 22). The
facts travel as JSON and are drawn as text: nothing that a person typed is ever read as markup. The
same facts and moment give the same bytes. PDF/UA-1 is checked by typst as it writes: a heading that
is out of order, a picture without words or a sign without a glyph is refused, not passed over.
"""

import json
import threading
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import typst

FONTS = Path(__file__).parent / "fonts"
TAGGED = "ua-1"
NOT_INSTALLED = (
    "PDF needs the program typst, which is not installed here. Ask trust IT to run "
    "“pip install typst” in the folder of imparts. Until then, print this page."
)
NOT_DRAWN = (
    "This letter cannot be drawn as a PDF, perhaps because it holds letters of a script that no "
    "font of this machine has. Print this page instead, or ask trust IT to install a font and then "
    "to start imparts again."
)


_one_at_a_time = threading.Lock()  # a compiler cannot be used by two threads at once


class NoPdf(Exception):
    """Why there is no PDF, in a sentence, and what to do instead; it quotes nothing."""


def pdf_of(drawing: Path, facts: Mapping[str, Any], *, at: datetime) -> bytes:
    """The PDF of some facts; raises NoPdf."""
    try:
        import typst  # where it is missing, only PDFs are
    except ImportError as missing:
        raise NoPdf(NOT_INSTALLED) from missing
    try:
        with _one_at_a_time:
            return _compiler().compile(
                input=_source(drawing), sys_inputs={"facts": json.dumps(facts)}, format="pdf",
                pdf_standards=[TAGGED], timestamp=int(at.timestamp()),
            )  # fmt: skip
    except typst.TypstError:
        # Its message quotes what was to be drawn, so it goes no further.
        raise NoPdf(NOT_DRAWN) from None


@cache
def _compiler() -> "typst.Compiler":
    """Looking through the fonts of the machine takes four times as long as drawing a letter."""
    import typst

    return typst.Compiler(font_paths=[str(FONTS)])


@cache
def _source(drawing: Path) -> bytes:
    return drawing.read_bytes()
