"""Why a change of a pathway is refused, in sentences for staff."""

from datetime import datetime


class CannotChange(Exception):
    """A draft cannot be changed, handed in or signed; the message says why."""


class ChangedMeanwhile(CannotChange):
    """Another saved the draft while this page was open: who, when, and what they changed."""

    def __init__(self, *, by: str, at: datetime, said: tuple[str, ...]) -> None:
        super().__init__(f"{by} saved this draft while you were changing it.")
        self.by, self.at, self.said = by, at, said
