"""The physical measures that the program ships: what each code means."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import imparts.content
from imparts.rules.physical_measures import PhysicalKind, read_physical_measure


@cache
def physical_measures() -> Mapping[str, PhysicalKind]:
    """Every kind of physical measure by its code, in the order of their names."""
    folder = Path(imparts.content.__file__).parent / "physical_measures"
    texts = (path.read_text(encoding="utf-8") for path in folder.glob("*.toml"))
    kinds = sorted((read_physical_measure(text) for text in texts), key=lambda kind: kind.name)
    return {kind.id: kind for kind in kinds}
