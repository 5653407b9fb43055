"""Addresses of sign-in for programs, of opening apps, and of being opened by a record."""
