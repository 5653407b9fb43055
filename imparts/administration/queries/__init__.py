"""Queries: how far a site has come, who works there, its tablets, its clinics, who is booked."""
