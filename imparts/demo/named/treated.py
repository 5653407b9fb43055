"""Treated: treatments, physical measures and agreed baselines of the story patients."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """One treatment or event, by how many days before today."""

    what: str
    days_ago: int
    until_days_ago: int = 0
    """0: it goes on, or it is an event."""
    is_event: bool = False
    option: str = ""


@dataclass(frozen=True, slots=True)
class Treated:
    """What is known of one of them besides their answers."""

    treatments: tuple[Told, ...] = ()
    measures: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """By code, a number for each of their past visits."""
    today: tuple[tuple[str, str], ...] = ()
    baselines: tuple[str, ...] = ()
    """Instruments of which the last past visit is the agreed baseline."""


_MOOD_AND_WORRY = ("phq9", "gad7")

TREATED = {
    "amara-thimblewick": Treated(
        (
            Told("Talking Therapies, 8 sessions", 645, 554, option="talking_therapies"),
            Told("Biologic stopped", 91, is_event=True),
        ),
        (("das28", ("5.2", "4.8", "4.0", "3.1", "2.7", "2.9")),),
        (("das28", "4.6"),),
        _MOOD_AND_WORRY,
    ),
    "yusuf-pennywhistle": Treated(measures=(("das28", ("3.9",)),), today=(("das28", "3.7"),)),
    "dorothy-gorsebank": Treated(
        (Told("Knee injection", 120, is_event=True),),
        (("das28", ("3.4", "3.6")),), (("das28", "3.1"),),
    ),
    "leonard-marrowby": Treated(
        (Told("Methotrexate started", 640, is_event=True),),
        (("das28", ("2.9", "2.5", "2.4")),), (("das28", "2.3"),), _MOOD_AND_WORRY,
    ),
    "walter-nettlebed": Treated(
        (Told("Talking Therapies, 6 sessions", 60, option="talking_therapies"),),
        (("das28", ("4.4",)),), (("das28", "4.1"),), _MOOD_AND_WORRY,
    ),
    "nadia-ottershaw": Treated(
        (Told("Talking Therapies, 10 sessions", 80, option="talking_therapies"),),
        (("das28", ("3.0",)),),
    ),
    "eamon-foxglove": Treated(
        (Told("Biologic started", 100, is_event=True),), (("das28", ("5.4",)),),
        (("das28", "3.8"),),
    ),
}  # fmt: skip
