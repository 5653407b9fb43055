"""All writing of results: scores are added, never edited; history.py loads the past."""

from imparts.informatics.results.actions.baselines import agree_baseline, take_back_baseline
from imparts.informatics.results.actions.correcting import correct_score, withdraw_scores
from imparts.informatics.results.actions.diagnoses import (
    correct_diagnosis,
    record_diagnosis,
    restore_diagnosis,
    withdraw_diagnosis,
)
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
    "correct_diagnosis",
    "correct_physical_measure",
    "correct_score",
    "new_form_score",
    "new_score",
    "record_diagnosis",
    "record_physical_measure",
    "restore_diagnosis",
    "restore_physical_measure",
    "store_scores",
    "take_back_baseline",
    "withdraw_diagnosis",
    "withdraw_physical_measure",
    "withdraw_scores",
]
