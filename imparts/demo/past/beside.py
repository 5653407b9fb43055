"""Beside: how a process that works out chunks begins: Django first, then anything of ours."""

import pickle

import django


def begin(plan: bytes) -> None:
    """Start Django, which the rows' own modules need, then keep the plan."""
    django.setup()
    from imparts.demo.past import chunks

    chunks.keep(pickle.loads(plan))
