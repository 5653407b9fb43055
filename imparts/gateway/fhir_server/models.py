"""Exports that were asked for, and what clients call what they created."""
