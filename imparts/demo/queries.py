"""Who of the demonstration's people is here to be picked."""

from collections.abc import Iterable

from django.contrib.auth import get_user_model

from imparts.access.models import Staff, Tablet


def staff_here(usernames: Iterable[str]) -> dict[str, Staff]:
    """Members of staff by user name."""
    found = get_user_model().objects.filter(username__in=list(usernames), is_active=True)
    return {staff.username: staff for staff in found}


def tablets_here(usernames: Iterable[str]) -> dict[str, Tablet]:
    """Clinic tablets by user name."""
    found = Tablet.objects.filter(username__in=list(usernames), withdrawn_at__isnull=True)
    return {tablet.username: tablet for tablet in found}
