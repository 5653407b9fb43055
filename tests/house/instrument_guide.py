"""The guide to the instruments: docs/guides/instruments.md, written from their files; run it."""

import sys

from imparts.commands.shipped import shipped_instruments
from imparts.gateway.fhir.notices import LOINC_NOTICE, SNOMED_NOTICE
from imparts.rules.passport.markdown import guide
from tests.house.reading import ROOT

GUIDE = ROOT / "docs" / "guides" / "instruments.md"


def written() -> str:
    """The guide as the files of this moment say it."""
    return guide(shipped_instruments().values(), notices=(LOINC_NOTICE, SNOMED_NOTICE))


if __name__ == "__main__":
    GUIDE.write_text(written(), encoding="utf-8")
    sys.stdout.write(f"{GUIDE.relative_to(ROOT)} is written anew.\n")
