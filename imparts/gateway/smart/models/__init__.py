"""Machines and apps that may ask, what they were given, and records that may launch us."""

from imparts.gateway.smart.models.clients import ApiClient

__all__ = ["ApiClient"]
