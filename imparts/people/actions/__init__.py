"""All writing of people: patients, who cares for them, and merging; history.py loads the past."""

from imparts.people.actions.from_record import (
    NhsNumber,
    can_be_right,
    change_from_record,
    register_from_record,
)
from imparts.people.actions.invented import register_test_patient
from imparts.people.actions.merging import MergeRefused, merge, unmerge
from imparts.people.actions.patients import CORRECTABLE, add_identifier, correct, register
from imparts.people.actions.relations import end_relation, relate

__all__ = [
    "CORRECTABLE",
    "MergeRefused",
    "NhsNumber",
    "add_identifier",
    "can_be_right",
    "change_from_record",
    "correct",
    "end_relation",
    "merge",
    "register",
    "register_from_record",
    "register_test_patient",
    "relate",
    "unmerge",
]
