"""Writing: from a Pathway to the text of a pathway file, which reader.py reads back to the same."""

from imparts.rules.pathways.definition import Pathway


def to_toml(pathway: Pathway) -> str:
    """The file of a pathway; without comments, since a Pathway holds none."""
    raise NotImplementedError
