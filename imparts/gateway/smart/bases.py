"""Addresses of this site as programs must write them: from outside, with TLS unless it is here."""

from urllib.parse import urlsplit

from django.http import HttpRequest

_HERE = ("127.0.0.1", "localhost", "::1")


def is_here(host: str | None) -> bool:
    """Whether a host is this machine; only there may anything go without TLS."""
    return host in _HERE


def site_base(request: HttpRequest) -> str:
    """Where this site is. TLS ends in front of us, so Django's own scheme is not asked."""
    host = request.get_host()
    scheme = "http" if is_here(urlsplit(f"//{host}").hostname) else "https"
    return f"{scheme}://{host}"


def fhir_base(request: HttpRequest) -> str:
    """The base of our FHIR server; also who we are as issuer of tokens."""
    return f"{site_base(request)}/fhir"


def token_address(request: HttpRequest) -> str:
    """Where tokens are got, and what an assertion has to be made out to."""
    return f"{site_base(request)}/oauth/token/"
