"""The building regulations: how this house is built, checked by reading it."""
