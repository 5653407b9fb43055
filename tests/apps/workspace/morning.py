"""The morning on which the workspace's tests take place."""

from datetime import UTC, datetime

# A Tuesday in November; 09:30 in London is 09:30 in UTC.
A_MORNING = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
