"""What every tablet page shares: how large, which colours, which hand, and the bar at the top."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from imparts.design.spoken import say, to_say

SIZES = {"large": to_say("Large"), "larger": to_say("Larger"), "largest": to_say("Largest")}
COLOURS = {"blue": to_say("White and blue"), "cream": to_say("Cream"), "dark": to_say("Dark")}
HANDS = {"right": to_say("Right hand"), "left": to_say("Left hand")}


@dataclass(frozen=True, slots=True)
class Look:
    """How this person wants the words drawn; it is forgotten when the tablet is handed back."""

    size: str = "large"
    colour: str = "blue"
    hand: str = "right"

    @property
    def html_class(self) -> str:
        """The classes that set size and colour for the whole page."""
        return f"size-{self.size} colour-{self.colour}"

    @property
    def left_hand(self) -> bool:
        """Whether the answers stand on the left of a wide screen."""
        return self.hand == "left"


USUAL_LOOK = Look()


@dataclass(frozen=True, slots=True)
class Bar:
    """The bar: a way back or a name at its start, text and colour and help at its end."""

    back: str = ""
    text: str = ""
    help: str = ""
    name: str = ""
    under_name: str = ""

    @classmethod
    def at(cls, here: str, *, back: str = "", name: str = "", with_text: bool = True) -> "Bar":
        """The bar of a page for patients, whose side pages lead back to `here`."""
        text = side_page("text", here) if with_text else ""
        return cls(back=back, name=name, text=text, help=side_page("help", here))


NO_BAR = Bar()


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that may be chosen, and whether it is chosen now."""

    value: str
    label: str
    is_chosen: bool


def choices(of: dict[str, str], chosen: str) -> tuple[Choice, ...]:
    """Every possible choice in the language of the page, the present one marked."""
    return tuple(Choice(value, say(label), value == chosen) for value, label in of.items())


def side_page(name: str, here: str) -> str:
    """The address of a page that one comes back from."""
    return f"{reverse(f'tablet-{name}')}?{urlencode({'from': here})}"
