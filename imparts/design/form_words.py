"""What forms say when something is missing, too long or cannot be read, and how days are read."""

from typing import Any

DAYS = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %b %Y", "%d %B %Y", "%d-%b-%Y"]
TIMES = ["%H:%M", "%H.%M", "%H:%M:%S"]
CHOOSE = {"invalid_choice": "Choose one of the answers shown."}


def text_errors(missing: str = "") -> dict[str, Any]:
    """The sentences of a text field; `missing` says what to fill in."""
    return {
        "required": missing,
        "max_length": "This is too long. Write at most %(limit_value)d characters; "
        "you wrote %(show_value)d.",
        "null_characters_not_allowed": "Take out the empty character.",
    }


def choice_errors(choose: str) -> dict[str, Any]:
    """The sentences of a field with choices: `choose` when nothing is chosen, or something else."""
    return {"required": choose, "invalid_choice": choose}
