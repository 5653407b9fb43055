"""Record people: whom the pretend hospital record knows, as a file that it reads at its start.

A record that takes results by FHIR must have the patient; so it is told of everyone invented.
"""

import json
from pathlib import Path

from imparts.demo.queries import numbered_people
from imparts.gateway.pretend_record.cast import FOLDER, OTHERS


def tell_the_record(data: Path) -> None:
    """Write everyone down, one line for each hospital number; what stood there is replaced."""
    folder = data / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / OTHERS).open("w", encoding="utf-8") as lines:
        for person in numbered_people():
            lines.write(json.dumps(person, ensure_ascii=False) + "\n")
