"""Which scopes a program may ask for: what it was let in with, and no other."""

from typing import Any

from oauth2_provider.scopes import BaseScopes

from imparts.gateway.smart.scopes import Scopes


class OfferedScopes(BaseScopes):
    """The scopes of each program, for the OAuth library: there is no list for the whole site."""

    def get_all_scopes(self) -> dict[str, str]:
        """None have names of their own: the consent page says in words what they mean."""
        return {}

    def get_available_scopes(self, application: Any = None, *args: Any, **kwargs: Any) -> list[str]:
        """What this program was let in with."""
        return str(Scopes.read(application.allowed_scopes)).split() if application else []

    def get_default_scopes(self, application: Any = None, *args: Any, **kwargs: Any) -> list[str]:
        """A program that names none gets what it was let in with."""
        return self.get_available_scopes(application)
