"""One message of ours as trust IT may see it: its shape whole, nobody's facts in it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message that was sent or waits."""

    title: str
    control_id: str
    destination: str
    text: str
    """Masked, a segment a line; empty while it was not written yet."""
