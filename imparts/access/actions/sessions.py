"""One browser's session ends as the next one's begins: both, or neither."""

from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest


def end_and_begin(request: HttpRequest, **holds: str) -> None:
    """Sign out whoever holds this browser and begin a session that holds only what is given.

    Were the first to end and the database to go before the second is kept, whoever stands at the
    desk would be signed out with the tablet still to be handed over.
    """
    with transaction.atomic():
        logout(request)
        request.session.update(holds)
        request.session.save()
