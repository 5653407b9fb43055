"""All writing of results: scores are added, never edited; history.py loads the past."""

from imparts.informatics.results.actions.scores import new_form_score, new_score, store_scores

__all__ = ["new_form_score", "new_score", "store_scores"]
