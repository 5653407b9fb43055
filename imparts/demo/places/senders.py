"""Senders: the pretend hospital record may send for either acute trust, with our own codes."""

from datetime import datetime

from imparts.demo.places.specialties import FIRST_TRUST, SECOND_TRUST
from imparts.gateway.inbound.actions.naming import name_service
from imparts.gateway.inbound.actions.senders import know_sender
from imparts.gateway.inbound.queries.senders import known_sender
from imparts.organisations.queries import organisations_coded, services

APPLICATION = "PRETEND"


def know_senders(*, at: datetime) -> None:
    """Let the pretend record send, under the code of each trust; nothing when it may already."""
    for code in (FIRST_TRUST, SECOND_TRUST):
        if known_sender(APPLICATION, code) is not None:
            continue
        organisation = organisations_coded(code)[0]
        know_sender(
            application=APPLICATION,
            facility=code,
            organisation=organisation,
            addresses=("127.0.0.0/8", "::1/128"),
            by="demo",
            at=at,
        )
        for service in services().filter(organisation=organisation):
            name_service(
                organisation=organisation, code=service.code, service=service, by="demo", at=at
            )
