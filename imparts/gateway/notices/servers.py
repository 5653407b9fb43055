"""Servers: where e-mail and SMS are handed in, as a site names them; mistakes are sentences."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

LOCAL = ("127.0.0.1", "localhost", "::1")
_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
_UUID = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_KEY = re.compile(rf".*{_UUID}-{_UUID}")
_MAILBOX = re.compile(r"[^@\s<>]+@[^@\s<>]+")


class WronglySet(ValueError):
    """A setting cannot be used; the message says which, and how it should look."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """The site's own mail server, and the address that notices come from."""

    host: str
    port: int
    username: str
    password: str
    security: str
    """smtp (nothing), smtp+starttls or smtps."""
    sender: str

    @classmethod
    def named(cls, url: str, *, sender: str) -> "MailServer":
        """Read smtp+starttls://user:password@host:587."""
        parts = urlsplit(url)
        host, port = parts.hostname or "", _port(url)
        if parts.scheme not in _PORTS or not host or parts.path.strip("/") or parts.query:
            raise WronglySet(
                "IMPARTS_EMAIL_URL must look like smtp+starttls://user:password@mail.example:587. "
                "It may begin with smtp://, smtp+starttls:// or smtps://."
            )
        if parts.password and parts.scheme == "smtp" and host not in LOCAL:
            raise WronglySet(
                "IMPARTS_EMAIL_URL would send its password unprotected. Begin it with "
                "smtp+starttls:// or smtps://."
            )
        if not _MAILBOX.fullmatch(sender):
            raise WronglySet(
                "IMPARTS_EMAIL_FROM must be the address that notices come from, such as "
                "imparts@trust.example. It is needed with IMPARTS_EMAIL_URL."
            )
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(host, port or _PORTS[parts.scheme], user, password, parts.scheme, sender)


def _port(url: str) -> int | None:
    try:
        return urlsplit(url).port
    except ValueError:
        raise WronglySet(
            "The port in IMPARTS_EMAIL_URL must be a number up to 65535, such as :587."
        ) from None


@dataclass(frozen=True, slots=True)
class NotifyAccount:
    """The site's account with GOV.UK Notify, and the template that is nothing but ((text))."""

    key: str
    template: str
    url: str
    """Empty: the service's own address."""

    @classmethod
    def named(cls, key: str, *, template: str, url: str) -> "NotifyAccount":
        """Read the account."""
        if not _KEY.fullmatch(key):
            raise WronglySet(
                "IMPARTS_NOTIFY_KEY must be an API key of GOV.UK Notify, whole: a name and two "
                "long codes, with hyphens between."
            )
        if not re.fullmatch(_UUID, template):
            raise WronglySet(
                "IMPARTS_NOTIFY_TEMPLATE must be the id of a text message template whose only "
                "content is ((text)). It is needed with IMPARTS_NOTIFY_KEY."
            )
        parts = urlsplit(url)
        if url and not (parts.scheme == "https" or parts.hostname in LOCAL):
            raise WronglySet(
                "IMPARTS_NOTIFY_URL must begin with https://, or leave it out for GOV.UK Notify."
            )
        return cls(key, template, url)


@dataclass(frozen=True, slots=True)
class SmsByEmail:
    """A gateway that turns an e-mail to <number>@... into an SMS; {number} has no plus sign."""

    pattern: str

    @classmethod
    def named(cls, pattern: str) -> "SmsByEmail":
        """Read {number}@sms.example."""
        if pattern.count("{number}") != 1 or not _MAILBOX.fullmatch(pattern):
            raise WronglySet("IMPARTS_SMS_BY_EMAIL must look like {number}@sms.example")
        return cls(pattern)


@dataclass(frozen=True, slots=True)
class SmsFolder:
    """The pretend way of the demonstration: each SMS is a file in a folder."""

    folder: Path


@dataclass(frozen=True, slots=True)
class Servers:
    """Every way that the site has; a way that it has not is None."""

    mail: MailServer | None = None
    sms: NotifyAccount | SmsByEmail | SmsFolder | None = None


def read_servers(environ: Mapping[str, str], *, pretend: Path | None) -> Servers:
    """What the site has set; with a folder to pretend in, SMS are written there instead."""
    url, sender = environ.get("IMPARTS_EMAIL_URL", ""), environ.get("IMPARTS_EMAIL_FROM", "")
    mail = MailServer.named(url, sender=sender) if url else None
    key, by_email = environ.get("IMPARTS_NOTIFY_KEY", ""), environ.get("IMPARTS_SMS_BY_EMAIL", "")
    if key and by_email:
        raise WronglySet(
            "IMPARTS_NOTIFY_KEY and IMPARTS_SMS_BY_EMAIL are both set. SMS go one way: leave one "
            "of them out."
        )
    if by_email and mail is None:
        raise WronglySet("IMPARTS_SMS_BY_EMAIL needs IMPARTS_EMAIL_URL as well.")
    if key:
        template = environ.get("IMPARTS_NOTIFY_TEMPLATE", "")
        account = NotifyAccount.named(
            key, template=template, url=environ.get("IMPARTS_NOTIFY_URL", "")
        )
        return Servers(mail, account)
    if by_email:
        return Servers(mail, SmsByEmail.named(by_email))
    return Servers(mail, SmsFolder(pretend) if pretend else None)
