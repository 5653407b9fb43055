"""Kinds: one file a type of resource: which rows, which search parameters, what may be written.

served.py imports them all, and so registers them. A new kind is named there.
"""
