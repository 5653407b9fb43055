"""Spans of time as trust IT reads them: 0.17 s, 41 min, 3 h 5 min, 2 days."""

from datetime import timedelta


def span(length: timedelta) -> str:
    """How long something has waited: 12 s, 41 min, 3 h 5 min, 2 days."""
    seconds = max(0, int(length.total_seconds()))
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3600:
        return f"{seconds // 60} min"
    if seconds < 86400:
        return f"{seconds // 3600} h {seconds % 3600 // 60} min"
    days = seconds // 86400
    return f"{days} day" if days == 1 else f"{days} days"


def pause(length: timedelta) -> str:
    """Between two steps of a trace: 0.17 s, 41 min; hundredths matter below a minute."""
    seconds = length.total_seconds()
    return f"{max(0.0, seconds):.2f} s" if seconds < 60 else span(length)
