"""Words of the summary, read once from what ships: the gist's, and the reasons to choose from."""

from functools import cache
from pathlib import Path

import imparts.content
from imparts.rules.summary.reasons import Reasons, read_reasons
from imparts.rules.summary.words import GistWords, read_gist_words

ROOT = Path(imparts.content.__file__).parent


@cache
def gist_words(language: str = "english") -> GistWords:
    """What the one-sentence gist of a visit says."""
    return read_gist_words((ROOT / "gist" / f"{language}.toml").read_text("utf-8"))


@cache
def reasons() -> Reasons:
    """Why not now, why out of the pathway, and in how many weeks again."""
    return read_reasons((ROOT / "acting" / "reasons.toml").read_text("utf-8"))
