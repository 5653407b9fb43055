"""Typed: what somebody wrote into a field, without signs that no table can hold."""

from django.http import HttpRequest


def typed_text(request: HttpRequest, name: str, longest: int) -> str:
    """The text of a field, cut at what the field itself allows; a missing field is empty."""
    return request.POST.get(name, "").replace("\x00", "").strip()[:longest]
