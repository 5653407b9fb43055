"""The shipped words of the gist, for tests."""

from pathlib import Path

from imparts.rules.summary.words import read_gist_words

FILE = Path(__file__).parents[2] / "imparts" / "content" / "gist" / "english.toml"
WORDS = read_gist_words(FILE.read_text("utf-8"))
