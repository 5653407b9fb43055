"""Words: all that a notice says, made from its kind, the rung and the service's name alone.

Whoever reads it over a shoulder, or on a telephone that was lost, learns that a clinic asks a
colleague to open a page. No name, number, answer, score or reason can get in: none is passed in.
A kind that this file does not know still asks to open the alert list, so that a slip of ours is
never a notice that was not sent.
"""

from dataclasses import dataclass

SUBJECT = "imparts: please open the alert list"
_ALERTS = "please open the alert list for {service}"
_ASKS = {
    "alert_called": _ALERTS,
    "alert_handed_on": "a colleague hands something on to you. Please open the alert list for"
    " {service}",
    "alert_at_desk": "please come to the desk of {service}",
    "queue_grew": _ALERTS,
    "cover_asked": "please open the page of cover for {service} and say whether you can",
    "delivery_grew": "please open the page of connections of {service}: messages wait that another"
    " system does not take",
    "delivery_drained": "the messages that waited for another system have been sent. The page of"
    " connections of {service} shows them",
}
_SUBJECTS = {
    "alert_at_desk": "imparts: please come to the desk",
    "cover_asked": "imparts: please open the page of cover",
    "delivery_grew": "imparts: please open the page of connections",
    "delivery_drained": "imparts: messages are sent again",
}
_RUNGS = {
    "owner": "You are called as owner.",
    "deputy": "You are called as deputy.",
    "liaison": "You are called for liaison.",
    "manager": "You are called as service manager.",
}
_MOST_OF_A_NAME = 60  # the longest text then fits into two SMS


@dataclass(frozen=True, slots=True)
class Notice:
    """What is sent, word by word."""

    subject: str
    text: str


def written(*, kind: str, rung: str, service: str) -> Notice:
    """One notice. The service's name loses line breaks, and its end when it is very long."""
    asks = _ASKS.get(kind, _ALERTS).format(service=_short(service))
    parts = [f"imparts: {asks}.", _RUNGS.get(rung, ""), "No reply is read here."]
    return Notice(_SUBJECTS.get(kind, SUBJECT), " ".join(part for part in parts if part))


def _short(name: str) -> str:
    one_line = " ".join(name.split())
    if len(one_line) <= _MOST_OF_A_NAME:
        return one_line
    return one_line[: _MOST_OF_A_NAME - 3].rstrip(" ,.") + "..."
