"""Views: where each role begins, the clinic list, one visit, alerts, patients."""
