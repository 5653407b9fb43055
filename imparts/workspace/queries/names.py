"""Who user names are: the job title that colleagues are shown."""

from collections.abc import Callable, Iterable

from django.contrib.auth import get_user_model

_NOT_STAFF = {"patient": "Patient", "imparts": "imparts"}


def called(usernames: Iterable[str]) -> Callable[[str], str]:
    """What to call each of these, in one question; an unknown name stays as it is."""
    wanted = set(usernames) - set(_NOT_STAFF)
    found = get_user_model().objects.filter(username__in=wanted) if wanted else ()
    # "Consultant, rheumatology" is "Consultant" beside a patient of rheumatology.
    names = {staff.username: str(staff).partition(",")[0] for staff in found}
    return lambda username: _NOT_STAFF.get(username) or names.get(username, username)
