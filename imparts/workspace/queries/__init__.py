"""Queries: one visit, one sitting or one list of alerts, put together from the apps below."""
