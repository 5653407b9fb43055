"""What of an instrument nobody has verified: every rule that its file marks as general knowledge.

Passports print this list and whoever signs an instrument reads it, so a mark in a file is never
lost: it stands in the words of the file beside what it is a mark on.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imparts.rules.instruments.definition import Instrument

MARKS = ("general knowledge", "not verified here")


def unverified(instrument: "Instrument") -> tuple[str, ...]:
    """Each rule that is from general knowledge, with the words by which its file says so."""
    return tuple(
        f"{what}: {status}" for what, status in statuses(instrument) if is_unverified(status)
    )


def is_unverified(status: str) -> bool:
    """Whether a file marks as general knowledge what it says where this status stands."""
    return any(mark in status for mark in MARKS)


def statuses(instrument: "Instrument") -> list[tuple[str, str]]:
    """Where each rule of an instrument comes from, by what it is a rule about."""
    said = [
        ("Rights", instrument.rights.source),
        ("Who may be asked", instrument.who_source),
        ("Items, values and range", instrument.values_status),
        ("Direction", instrument.direction_note),
        ("Missing answers", instrument.scoring.missing_status),
        ("Scoring", instrument.scoring.note),
        ("Bands", instrument.bands_status),
    ]
    said += [(f"Cut {cut.code} ({cut.value})", cut.status) for cut in instrument.cuts]
    said += [
        ("Change", instrument.change_source),
        ("Smallest important change", instrument.important_change_source),
    ]
    said += [(item.id, item.note) for item in instrument.items]
    said += [(f"Harm item {one.item}", one.source) for one in instrument.harm_items]
    said += [(f"Codes of {codes.system}", codes.status) for codes in instrument.codes]
    said += [(fact.name, f"{fact.value} ({fact.status})") for fact in instrument.facts]
    return said
