"""All writing of results: scores are added, never edited; history.py loads the past."""

from imparts.informatics.results.actions.baselines import agree_baseline, take_back_baseline
from imparts.informatics.results.actions.not_stored import NotStored
from imparts.informatics.results.actions.physical_measures import (
    correct_physical_measure,
    record_physical_measure,
    restore_physical_measure,
    withdraw_physical_measure,
)
from imparts.informatics.results.actions.scores import new_form_score, new_score, store_scores

__all__ = [
    "NotStored",
    "agree_baseline",
    "correct_physical_measure",
    "new_form_score",
    "new_score",
    "record_physical_measure",
    "restore_physical_measure",
    "store_scores",
    "take_back_baseline",
    "withdraw_physical_measure",
]
