"""Who user names are: the job title that colleagues are shown, with the name where it counts."""

from collections.abc import Callable, Iterable

from django.contrib.auth import get_user_model

_NOT_STAFF = {
    "patient": "Patient", "imparts": "imparts", "hospital record": "Hospital record",
}  # fmt: skip


def called(usernames: Iterable[str]) -> Callable[[str], str]:
    """What to call each of these, in one question; an unknown name stays as it is."""
    wanted = set(usernames) - set(_NOT_STAFF)
    found = get_user_model().objects.filter(username__in=wanted) if wanted else ()
    # "Consultant, rheumatology" is "Consultant" beside a patient of rheumatology.
    names = {staff.username: str(staff).partition(",")[0] for staff in found}
    return lambda username: _NOT_STAFF.get(username) or names.get(username, username)


def with_title(usernames: Iterable[str]) -> Callable[[str], str]:
    """Name and job title: "Robin Example (Consultant)"; for owners, decisions and signatures."""
    wanted = set(usernames) - set(_NOT_STAFF)
    found = get_user_model().objects.filter(username__in=wanted) if wanted else ()
    names = {staff.username: _with_title(staff.name, staff.job_title) for staff in found}
    return lambda username: _NOT_STAFF.get(username) or names.get(username, username)


def _with_title(name: str, title: str) -> str:
    post = title.partition(",")[0]
    return name if not post or title.casefold() == name.casefold() else f"{name} ({post})"


def known_as(usernames: Iterable[str]) -> Callable[[str], str]:
    """The whole job title of each, for pages on which several services stand."""
    titles = _titles(usernames)
    found = {name: title for name, (title, _) in titles.items()}
    return lambda username: _NOT_STAFF.get(username) or found.get(username, "not known")


def job_titles(usernames: Iterable[str]) -> dict[str, str]:
    """Who user names are without saying a name: "Nurse (staff 7)"."""
    found = _titles(usernames)
    said = {name: f"{title} (staff {pk})" for name, (title, pk) in found.items()}
    ours = {name: name for name in _NOT_STAFF}
    return {name: ours.get(name) or said.get(name, "not known") for name in usernames}


def _titles(usernames: Iterable[str]) -> dict[str, tuple[str, int]]:
    wanted = set(usernames) - set(_NOT_STAFF)
    found = get_user_model().objects.filter(username__in=wanted) if wanted else ()
    return {staff.username: (staff.job_title or "no job title", staff.pk) for staff in found}
