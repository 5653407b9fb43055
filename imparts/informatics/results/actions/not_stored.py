"""What is said when something cannot be stored as it was typed."""


class NotStored(Exception):
    """It is refused; the message is a sentence that says what to do."""


def changed_since(what: str) -> NotStored:
    """Each row is followed by one at most: somebody else's came first."""
    return NotStored(f"This {what} has been changed since you opened the page. Look at it again.")
