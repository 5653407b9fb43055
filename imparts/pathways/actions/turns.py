"""Turns: what the worker does for each of many, so that one that fails keeps no other from its own.

What failed is raised at the end, so that it is heard of; the next round tries it again.
"""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db.models import Model

One = TypeVar("One", bound=Model)
_log = logging.getLogger("imparts.alerts")


def give_each_its_turn(
    all_of_them: Iterable[One], take: Callable[[One], int], *, named: str, failed: str
) -> int:
    """The sum of what each turn gives; `failed` is logged with the key of one that fails."""
    done, wrong = 0, []
    for one in all_of_them:
        try:
            done += take(one)
        except Exception as why:
            _log.error(failed, one.pk)
            wrong.append(why)
    if wrong:
        raise ExceptionGroup(f"{len(wrong)} {named} are tried again", wrong)
    return done
