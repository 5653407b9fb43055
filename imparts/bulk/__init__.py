"""Bulk: many forms at a time, from files of JSON lines, CSV or Parquet into files of the same kind.

Owns:           nothing
Start reading:  files.py, then frames.py
Asks:           rules.scoring (quick, lines, requests), rules.instruments
Asked by:       commands (`imparts score`), benchmarks
Safety:         hazard H4 (a score is wrong)

Columns are scored by polars, and still nothing is worked out a second way: each form becomes one
number (rules/scoring/quick), and what score() says of a number is joined to all forms that have it.
A form that is odd in any way goes through the one-by-one scorer, so its sentence is the same.
Files are read and written in batches, so that memory does not grow with their length.
"""
