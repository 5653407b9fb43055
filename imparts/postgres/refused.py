"""PostgresRefused: why the database cannot be started, in one sentence with its remedy."""


class PostgresRefused(Exception):
    """The database cannot be started or trusted; the text says why and what mends it."""
