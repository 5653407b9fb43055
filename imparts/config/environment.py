"""The environment: each setting that a site may give, read once, with its reason."""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from imparts.gateway.notices.servers import Servers, WronglySet, read_servers

LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]")
NOT_A_SECRET = "change-me"


@dataclass(frozen=True, slots=True)
class Environment:
    """What the site has decided; see INTERFACES in docs/guides/for-trust-it.md."""

    database_url: str
    owner_database_url: str
    data: Path
    port: int
    secret_key: str
    allowed_hosts: tuple[str, ...]
    record_mllp: str
    record_fhir: str
    record_fhir_token_url: str
    record_fhir_client_id: str
    record_fhir_secret: str
    keep_messages_days: int
    servers: Servers
    is_demo: bool
    as_owner: bool


def read_environment() -> Environment:
    """Read every setting; refuse to start when one of them would make the site unsafe."""
    is_demo = os.environ.get("IMPARTS_DEMO", "") == "1"
    data = Path(os.environ.get("IMPARTS_DATA", "var")).absolute()
    hosts = tuple(h for h in os.environ.get("IMPARTS_ALLOWED_HOSTS", "").split(",") if h)
    secret = os.environ.get("IMPARTS_SECRET_KEY", "")
    _refuse_unsafe(is_demo=is_demo, hosts=hosts, secret=secret)
    return Environment(
        database_url=os.environ.get("DATABASE_URL", ""),
        owner_database_url=os.environ.get("IMPARTS_OWNER_DATABASE_URL", ""),
        data=data,
        port=int(os.environ.get("IMPARTS_PORT", "8000")),
        secret_key=secret,
        allowed_hosts=hosts or LOCAL_HOSTS,
        record_mllp=os.environ.get("IMPARTS_RECORD_MLLP", ""),
        record_fhir=os.environ.get("IMPARTS_RECORD_FHIR", ""),
        record_fhir_token_url=os.environ.get("IMPARTS_RECORD_FHIR_TOKEN_URL", ""),
        record_fhir_client_id=os.environ.get("IMPARTS_RECORD_FHIR_CLIENT_ID", ""),
        record_fhir_secret=os.environ.get("IMPARTS_RECORD_FHIR_SECRET", ""),
        keep_messages_days=_days("IMPARTS_KEEP_MESSAGES_DAYS", otherwise=400, least=30),
        servers=_servers(pretend=data / "pretend-sms" if is_demo else None),
        is_demo=is_demo,
        as_owner=os.environ.get("IMPARTS_AS_OWNER", "") == "1",
    )


def _days(name: str, *, otherwise: int, least: int) -> int:
    """A number of days; too few would delete what a question of last week needs."""
    written = os.environ.get(name) or str(otherwise)
    if not (written.isascii() and written.isdigit()) or int(written) < least:
        raise ImproperlyConfigured(f"{name} must be a number of days, at least {least}.")
    return int(written)


def _servers(*, pretend: Path | None) -> Servers:
    """E-mail and SMS. A wrong setting stops the start: found later, nobody would be called."""
    try:
        return read_servers(os.environ, pretend=pretend)
    except WronglySet as wrong:
        raise ImproperlyConfigured(str(wrong)) from None


def _refuse_unsafe(*, is_demo: bool, hosts: tuple[str, ...], secret: str) -> None:
    if os.environ.get("DEBUG") or os.environ.get("IMPARTS_DEBUG"):
        raise ImproperlyConfigured(
            "DEBUG is set. imparts has no debug mode, because its error pages would show patient "
            "data. Unset DEBUG."
        )
    if not secret or secret == NOT_A_SECRET:
        raise ImproperlyConfigured(
            "IMPARTS_SECRET_KEY is not set. Set it to 50 or more random characters, for example: "
            "export IMPARTS_SECRET_KEY="
            "$(python3 -c 'import secrets; print(secrets.token_urlsafe(50))')"
        )
    if is_demo and any(host not in LOCAL_HOSTS for host in hosts):
        raise ImproperlyConfigured(
            "IMPARTS_DEMO=1 lets anyone sign in as anyone, so it runs on this machine only. "
            "Unset IMPARTS_DEMO, or unset IMPARTS_ALLOWED_HOSTS."
        )


def database_from_url(url: str) -> dict[str, object]:
    """Turn postgresql://user:password@host:port/name into Django's database entry."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            "DATABASE_URL must look like postgresql://user:password@host:5432/name; "
            "PostgreSQL is the only database that imparts runs on."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
    }
