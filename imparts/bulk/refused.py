"""Refused: a file that cannot be read as what it is said to be."""


class FileRefused(ValueError):
    """Nothing of the file can be scored; the message says why and what to do."""
