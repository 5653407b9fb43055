"""Machines and apps that may ask, launches, and records that may launch us."""
