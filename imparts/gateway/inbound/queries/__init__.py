"""Reading what the record sent and what became of it."""
