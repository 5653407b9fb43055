"""How much memory processes hold: PSS, in which a page shared by n counts one nth each."""

from collections.abc import Iterable
from pathlib import Path

LIMIT_MB = 900


def megabytes(pids: Iterable[int]) -> float:
    """The PSS of some processes together; one that has just ended counts nothing."""
    total = 0
    for pid in pids:
        try:
            text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
    return total / 1024
