"""An app asks to see something: what, of whom, and for how long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from imparts.gateway.smart.scopes import Scopes
from imparts.gateway.smart.scopes_in_words import goes_on, in_words, who_you_are
from imparts.people.pages import Banner

if TYPE_CHECKING:
    from imparts.gateway.smart.models import ApiClient
    from imparts.people.models import Identifier, Patient


@dataclass(frozen=True, slots=True)
class Choice:
    """One patient who may be picked."""

    patient: UUID
    banner: Banner


@dataclass(frozen=True, slots=True)
class Consent:
    """The page on which a member of staff lets an app see something, or does not."""

    title: str
    app: str
    host: str
    """Where the app is: the one thing of it that cannot be made up."""
    banner: Banner | None
    must_pick: bool
    people: tuple[Choice, ...]
    said: str
    wrong: str
    may: tuple[str, ...]
    is_told_who: bool
    goes_on: str
    status: int

    @classmethod
    def of(
        cls,
        client: "ApiClient",
        scopes: Scopes,
        *,
        host: str,
        patient: "tuple[Patient, Sequence[Identifier]] | None",
        must_pick: bool,
        people: "Sequence[tuple[Patient, Sequence[Identifier]]] | None" = None,
        wrong: str = "",
        on: date,
    ) -> "Consent":
        """Who is in context stands above all else: the app opens for that person."""
        return cls(
            title=f"Let {client.name} see this?",
            app=client.name,
            host=host,
            banner=Banner.of(*patient, on=on) if patient else None,
            must_pick=must_pick,
            people=tuple(
                Choice(one.pk, Banner.of(one, numbers, on=on)) for one, numbers in people or ()
            ),
            said=_said(people),
            wrong=wrong,
            may=in_words(scopes),
            is_told_who=who_you_are(scopes),
            goes_on=goes_on(scopes),
            status=422 if wrong else 200,
        )


def _said(people: Sequence[object] | None) -> str:
    if people is None:
        return ""
    if not people:
        return "Nobody whom you may see here is called that or has that number."
    return "Pick the patient for whom the app opens."
