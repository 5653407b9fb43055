"""Backgrounds: who comes to each specialty: ages, sexes, ethnic categories, languages.

Rough shares for an invented city with many languages, chosen by us and not taken from any one
source; only the shape matters (people with sickle cell disease are mostly of African and Caribbean
origin, people with heart failure are old, people with cystic fibrosis are young).
"""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Background:
    """Who comes to one specialty."""

    youngest: int
    usual: int
    oldest: int
    women: int
    """Of a hundred."""
    mix: str = "city"


_BACKGROUNDS = {
    "rheumatology": Background(18, 58, 92, 70),
    "dermatology": Background(18, 45, 88, 49),
    "chronic-pain": Background(20, 50, 85, 66),
    "limb-reconstruction": Background(18, 42, 80, 32),
    "achd": Background(18, 32, 70, 50),
    "tmd": Background(18, 38, 80, 76),
    "hiv": Background(20, 49, 80, 36, "african_city"),
    "diabetes": Background(40, 62, 85, 45, "asian_city"),
    "hepatology": Background(25, 54, 82, 40),
    "sickle-cell": Background(18, 31, 55, 57, "african_caribbean"),
    "cystic-fibrosis": Background(18, 28, 45, 48, "mostly_white"),
    "heart-failure": Background(60, 76, 92, 42),
    "ibd": Background(18, 38, 80, 51),
}

# Weights of the ethnic categories (16+1 codes; Z is "not stated").
_MIXES: dict[str, dict[str, int]] = {
    "city": {"A": 46, "B": 2, "C": 15, "D": 2, "E": 1, "F": 1, "G": 2, "H": 5, "J": 3, "K": 4,
             "L": 3, "M": 5, "N": 6, "P": 1, "R": 1, "S": 2, "Z": 5},
    "african_city": {"A": 38, "B": 2, "C": 18, "D": 2, "E": 2, "G": 2, "H": 2, "L": 3, "M": 6,
                     "N": 19, "P": 2, "R": 1, "S": 3, "Z": 6},
    "asian_city": {"A": 38, "B": 2, "C": 9, "D": 1, "F": 1, "H": 11, "J": 7, "K": 7, "L": 4,
                   "M": 6, "N": 6, "P": 1, "R": 2, "S": 2, "Z": 5},
    "african_caribbean": {"D": 5, "E": 3, "F": 1, "H": 1, "M": 26, "N": 55, "P": 5, "S": 1, "Z": 4},
    "mostly_white": {"A": 83, "B": 3, "C": 7, "D": 1, "F": 1, "G": 2, "J": 1, "Z": 3},
}  # fmt: skip

# How many of a hundred in each category speak another language first, and which.
_OTHER_LANGUAGES: dict[str, tuple[int, tuple[str, ...]]] = {
    "C": (75, ("pl", "pt", "es", "ro", "it", "fr", "lt", "el")),
    "H": (40, ("gu", "pa", "hi", "ta")),
    "J": (48, ("ur", "pa")),
    "K": (55, ("bn",)),
    "L": (45, ("ta", "ne", "vi", "tl")),
    "M": (4, ("fr",)),
    "N": (40, ("so", "yo", "fr", "ti", "am", "pt")),
    "P": (30, ("fr", "pt")),
    "R": (60, ("yue", "zh")),
    "S": (60, ("ar", "fa", "tr", "ku")),
    "G": (15, ("es", "fr")),
    "Z": (20, ("pl", "es", "ar", "so")),
}  # fmt: skip


def age(specialty: str, chance: Random) -> int:
    """An age in whole years, thickest around the specialty's usual age."""
    who = _BACKGROUNDS[specialty]
    return min(int(chance.triangular(who.youngest, who.oldest + 1, who.usual)), who.oldest)


def is_woman(specialty: str, chance: Random) -> bool:
    """Whether the person is registered as female."""
    return chance.random() * 100 < _BACKGROUNDS[specialty].women


def ethnicity(specialty: str, chance: Random) -> str:
    """A 16+1 code."""
    mix = _MIXES[_BACKGROUNDS[specialty].mix]
    return chance.choices(tuple(mix), tuple(mix.values()))[0]


def language(ethnicity: str, chance: Random) -> str:
    """The language a person would rather use, as a BCP 47 tag."""
    of_a_hundred, languages = _OTHER_LANGUAGES.get(ethnicity, (1, ("fr", "cy")))
    return chance.choice(languages) if chance.random() * 100 < of_a_hundred else "en"


def deprivation_fifth(chance: Random) -> int:
    """1 is the most deprived fifth; the city's hospitals see more of those."""
    return chance.choices((1, 2, 3, 4, 5), (28, 25, 20, 15, 12))[0]
