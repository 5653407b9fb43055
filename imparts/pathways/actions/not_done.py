"""What is said when something is missing before it can be saved."""


class NotDone(Exception):
    """Something is missing before this can be saved; the message says what."""
