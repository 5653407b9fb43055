"""What follows from item 9 at a service, which stands above every other rule."""

from datetime import date

from imparts.library import queries as library
from imparts.rules.pathways.definition import Step
from imparts.rules.pathways.self_harm import SELF_HARM


def item9_steps(service_id: int, *, on: date) -> tuple[Step, ...]:
    """The steps after a positive item 9; nothing when the service follows no such pathway."""
    followed = library.pathways_in_force(service_id, on=on)
    found = next((one for one in followed if one.id == SELF_HARM), None)
    return found.levels[0].steps if found else ()
