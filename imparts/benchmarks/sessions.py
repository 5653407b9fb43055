"""Browser sessions made directly, so that a benchmark measures pages and not signing in."""

from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from imparts.access.models import Staff


def session_with(**values: str) -> str:
    """A stored session that holds some values; gives its key."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store.update(values)
    store.create()
    store.save()
    return str(store.session_key)


def signed_in(username: str) -> str:
    """The key of a session in which one member of staff is signed in."""
    staff = Staff.objects.get(username=username)
    return session_with(
        **{
            SESSION_KEY: str(staff.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: staff.get_session_auth_hash(),
        }
    )
