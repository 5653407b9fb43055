"""Queries: what the library holds, put together for its pages."""
