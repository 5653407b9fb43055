"""What the program's exit code means, and how a command ends with a sentence."""

DONE = 0
SOME_REFUSED = 1
WRONG_USE = 2
SERVICE_MISSING = 3


class CannotGoOn(Exception):
    """A command stops: the text says why and what mends it."""

    code = SERVICE_MISSING


class UsedWrongly(CannotGoOn):
    """The command was asked for something that cannot be done as asked."""

    code = WRONG_USE
