"""Themes: what instruments measure, in groups that a reader can look through."""

from collections.abc import Iterable, Iterator

from imparts.rules.instruments.definition import Instrument

# By the patient's word for what is asked about; what stands nowhere here comes last.
THEMES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Mood, worry and distress",
        ("Mood", "Worry", "Mood and worry", "Distress", "How you have been"),
    ),
    ("Trauma, sleep and eating", ("Upsetting experiences", "Sleep", "Eating")),
    ("Smoking, alcohol and drugs", ("Smoking", "Alcohol", "Alcohol, tobacco and drugs")),
    ("Pain, tiredness and bodily symptoms", ("Pain", "Tiredness", "Bodily symptoms")),
    (
        "Living with an illness",
        ("Your illness", "How you are", "Managing your health", "Daily activities", "Skin",
         "Joints and muscles", "Breathing", "Your heart", "Diabetes"),
    ),
    (
        "Health, wellbeing and daily life",
        ("Your health", "Wellbeing", "Daily life", "Activity", "Company",
         "Your life and your care"),
    ),
    ("Experience of care", ("Our service",)),
)  # fmt: skip
OTHERS = "Others"
# What people type for what the files call otherwise. Only a search reads this.
OTHER_WORDS: tuple[tuple[str, str], ...] = (
    ("mood", "depression depressed depressive sad sadness"),
    ("worry", "anxiety anxious"),
    ("trauma", "ptsd"),
    ("sleep", "insomnia"),
    ("energy", "fatigue tired tiredness"),
    ("fatigue", "tired tiredness energy"),
    ("smoking", "tobacco cigarettes nicotine"),
    ("nicotine", "smoking tobacco cigarettes"),
    ("alcohol", "drinking"),
    ("bodily symptoms", "somatic physical"),
)


def theme_of(part: str) -> str:
    """The theme of a patient's word for what is asked about."""
    return next((theme for theme, parts in THEMES if part in parts), OTHERS)


def also_called(measures: str) -> str:
    """Other words for what an instrument measures, so that a search finds it by them."""
    said = measures.lower()
    return " ".join(others for word, others in OTHER_WORDS if word in said)


def by_theme(instruments: Iterable[Instrument]) -> Iterator[tuple[str, tuple[Instrument, ...]]]:
    """Every theme that has something, with its instruments by their names."""
    found = sorted(instruments, key=lambda one: one.short_title.lower())
    for title in (*(theme for theme, _ in THEMES), OTHERS):
        if those := tuple(one for one in found if theme_of(one.part) == title):
            yield title, those
