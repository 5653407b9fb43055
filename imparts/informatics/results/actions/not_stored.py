"""What is said when a number cannot be stored as it was typed."""


class NotStored(Exception):
    """The number is refused; the message is a sentence that says what to do."""
