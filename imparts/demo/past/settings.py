"""Settings: the calibrated averages of each specialty, read from calibrated.json."""

import json
from functools import lru_cache
from pathlib import Path

from imparts.demo.past.answering import Setting


@lru_cache
def setting_of(specialty: str) -> Setting:
    """The averages that make a specialty's people answer as its people should."""
    file = Path(__file__).with_name("calibrated.json")
    return Setting(**json.loads(file.read_text(encoding="utf-8"))[specialty])
