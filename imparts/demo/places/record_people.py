"""Record people: whom the pretend hospital record knows, as a file that it reads at its start.

A record that takes results by FHIR must have the patient; so it is told of everyone invented.
"""

import json
from pathlib import Path

from imparts.demo.queries import numbered_people

FOLDER, FILE = "pretend-record", "everyone.jsonl"


def tell_the_record(data: Path) -> None:
    """Write everyone down, one line for each hospital number; what stood there is replaced."""
    folder = data / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / FILE).open("w", encoding="utf-8") as lines:
        for person in numbered_people():
            lines.write(json.dumps(person, ensure_ascii=False) + "\n")
