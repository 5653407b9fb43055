"""Views: the library, and the passport of one instrument."""
