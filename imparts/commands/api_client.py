"""`imparts api-client`: let a program ask the FHIR server, list who may, put one out."""

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from imparts.commands import database
from imparts.commands.exit_codes import DONE, UsedWrongly

if TYPE_CHECKING:
    from imparts.gateway.smart.models import ApiClient
    from imparts.organisations.models import Service

BY = "imparts api-client"
_SECRET = """{name} may ask now. Its client id and secret, shown only now:

    client id      {client_id}
    client secret  {secret}

It may ask for: {scopes}
"""
_NO_SECRET = """{name} may ask now. It has no secret: {why}.

    client id      {client_id}

It may ask for: {scopes}
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """create, list or revoke."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="create|list|revoke")
    create = verbs.add_parser("create", help="let a program in; prints its secret once")
    create.add_argument("--name", required=True, help="what staff and the audit call it")
    create.add_argument(
        "--scopes", required=True, help='for example "system/*.rs", or "launch patient/*.rs"'
    )
    create.add_argument(
        "--services", nargs="*", default=[], metavar="CODE",
        help="codes of the services whose patients a machine may see (all that are open)",
    )  # fmt: skip
    create.add_argument(
        "--jwks", default="", metavar="FILE|URL",
        help="its public keys: it signs, and has no secret that could be copied",
    )  # fmt: skip
    create.add_argument(
        "--redirect", action="append", default=[], metavar="URI",
        help="where an app's users come back to; this makes it an app and not a machine",
    )  # fmt: skip
    create.add_argument(
        "--launch", default="", metavar="URL",
        help="an app's page that opens it for a patient; then patients' pages offer it",
    )  # fmt: skip
    create.add_argument(
        "--public", action="store_true", help="an app in a browser, which can keep no secret"
    )
    verbs.add_parser("list", help="every program, also those that were put out")
    out = verbs.add_parser("revoke", help="put a program out: all its tokens end now")
    out.add_argument("client_id")


def run(options: argparse.Namespace) -> int:
    """What was asked, on the site's tables."""
    verbs = {"create": _create, "list": _list, "revoke": _revoke}
    with database.with_apps() as now:
        return verbs[options.verb](options, now)


def _create(options: argparse.Namespace, now: datetime) -> int:
    from imparts.gateway.smart.actions.registering import Asked, NotRegistered, register

    asked = Asked(
        name=options.name, scopes=options.scopes, redirect_uris=options.redirect,
        services=() if options.redirect else _services(options.services, now),
        launch_url=options.launch, key_set=_key_set(options.jwks), is_public=options.public,
    )  # fmt: skip
    try:
        made, secret = register(asked, by=BY, at=now)
    except NotRegistered as refused:
        raise UsedWrongly(str(refused)) from None
    said = {"name": made.name, "client_id": made.client_id, "scopes": made.allowed_scopes}
    if secret:
        sys.stdout.write(_SECRET.format(secret=secret, **said))
    else:
        why = "it signs with its own key" if asked.key_set else "it can keep none"
        sys.stdout.write(_NO_SECRET.format(why=why, **said))
    return DONE


def _services(codes: list[str], now: datetime) -> "list[Service]":
    """The services of these codes; without codes, all that are open."""
    from django.utils import timezone

    from imparts.organisations.queries import services

    found = {
        service.code: service
        for service in services()
        if not service.is_closed(on=timezone.localdate(now))
    }
    if not found:
        raise UsedWrongly("This site has no service yet. Run `imparts setup` first.")
    if unknown := [code for code in codes if code not in found]:
        raise UsedWrongly(
            f"There is no open service {', '.join(unknown)}; there are: {', '.join(found)}."
        )
    return [found[code] for code in codes] if codes else list(found.values())


def _key_set(given: str) -> str:
    """The keys as JSON out of a file, or their address as it is."""
    if not given or given.startswith(("https://", "http://")):
        return given
    try:
        return Path(given).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise UsedWrongly("The key file cannot be read. Give one of public keys (JWKS).") from None


def _list(options: argparse.Namespace, now: datetime) -> int:
    from imparts.gateway.smart.queries.clients import clients

    found = [_line(client) for client in clients()]
    sys.stdout.write("\n".join(found or ["No program was let in yet."]) + "\n")
    return DONE


def _line(client: "ApiClient") -> str:
    if client.revoked_at:
        seen = "put out"
    elif client.is_machine:
        seen = ", ".join(service.code for service in client.services.all())
    else:
        seen = "what its user sees"
    return f"{client.client_id}  {client.name}  [{client.allowed_scopes}]  {seen}"


def _revoke(options: argparse.Namespace, now: datetime) -> int:
    from imparts.gateway.smart.actions.registering import revoke
    from imparts.gateway.smart.queries.clients import client_called

    client = client_called(options.client_id)
    if client is None:
        raise UsedWrongly(
            f"No program has the client id {options.client_id}, or it is out already."
        )
    revoke(client, by=BY, at=now)
    sys.stdout.write(f"{client.name} is out. All its tokens have ended.\n")
    return DONE
