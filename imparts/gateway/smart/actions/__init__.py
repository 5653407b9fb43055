"""Writing: programs let in and put out, what they are given, and records that may launch us."""
