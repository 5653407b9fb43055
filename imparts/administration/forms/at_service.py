"""What belongs to a service: the services among which one is chosen."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms

from imparts.design.form_words import choice_errors

if TYPE_CHECKING:
    from imparts.organisations.models import Service


class AtService(forms.Form):
    """Something at one of the services that the asker sets up."""

    service = forms.TypedChoiceField(
        label="Service", coerce=int, error_messages=choice_errors("Choose the service.")
    )

    def __init__(self, *args: Any, services: "Iterable[Service]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].choices = [(each.pk, str(each)) for each in services]

    @property
    def has_services(self) -> bool:
        """Whether there is a service to choose: every one may be closed."""
        return bool(self.fields["service"].choices)

    @property
    def only_service(self) -> str:
        """The service by name when there is no other to choose; empty otherwise."""
        choices = self.fields["service"].choices
        return choices[0][1] if len(choices) == 1 else ""
