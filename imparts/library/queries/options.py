"""What pathways can send somebody to, as the program ships it; the codes never change."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import imparts.content
from imparts.rules.pathways.options import Option, read_options

OPTIONS_FILE = "options.toml"


@cache
def options() -> Mapping[str, Option]:
    """Every option by its code."""
    path = Path(imparts.content.__file__).parent / "pathways" / OPTIONS_FILE
    return read_options(path.read_text(encoding="utf-8"))
