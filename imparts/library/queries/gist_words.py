"""The words of the gist: the shipped file, read once; a wrong file is refused when it is read."""

from functools import cache
from pathlib import Path

import imparts.content
from imparts.rules.summary.words import GistWords, read_gist_words

FOLDER = Path(imparts.content.__file__).parent / "gist"


@cache
def gist_words(language: str = "english") -> GistWords:
    """What the one-sentence gist of a visit says."""
    return read_gist_words((FOLDER / f"{language}.toml").read_text("utf-8"))
