"""Notes: what an import finds on its way, gathered for the report."""

from collections import Counter
from collections.abc import Iterable

from imparts.rules.forms.definition import ImportReport, ReportLine

MOST_LINES = 20_000


class Notes:
    """The report of one import while it is being written."""

    def __init__(self) -> None:
        self._honoured: Counter[str] = Counter()
        self._warnings: dict[ReportLine, None] = {}
        self._not_honoured: dict[ReportLine, None] = {}

    def honour(self, feature: str) -> None:
        """One more of something that we do as the file says."""
        self._honoured[feature] += 1

    def warn(self, link_id: str, what: str, sentence: str) -> None:
        """Something was mended."""
        if len(self._warnings) < MOST_LINES:
            self._warnings[ReportLine(link_id[:100], what[:200], sentence)] = None

    def not_honour(self, link_id: str, what: str, sentence: str) -> None:
        """Something is asked for that we cannot do."""
        if len(self._not_honoured) < MOST_LINES:
            self._not_honoured[ReportLine(link_id[:100], what[:200], sentence)] = None

    def report(self, harm_suspects: Iterable[str]) -> ImportReport:
        """What was gathered, each line once, in the order in which it was found."""
        return ImportReport(
            honoured=dict(sorted(self._honoured.items())),
            warnings=tuple(self._warnings),
            not_honoured=tuple(self._not_honoured),
            harm_suspects=tuple(harm_suspects),
        )
