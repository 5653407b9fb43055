"""Behind TLS that ends before us, forms still work: a browser says https, Django sees http."""

import pytest
from django.conf import settings
from django.test import Client


def sign_in(origin: str) -> int:
    """What the sign-in form answers to a browser that says where it comes from."""
    browser = Client(enforce_csrf_checks=True, headers={"host": settings.ALLOWED_HOSTS[0]})
    browser.get("/sign-in/login/")
    token = browser.cookies["csrftoken"].value
    typed = {"login": "nobody", "password": "wrong-password", "csrfmiddlewaretoken": token}
    return browser.post("/sign-in/login/", typed, headers={"origin": origin}).status_code


@pytest.mark.django_db
def test_a_form_sent_over_tls_passes_the_csrf_check() -> None:
    assert sign_in(f"https://{settings.ALLOWED_HOSTS[0]}") == 200


@pytest.mark.django_db
def test_a_form_sent_from_another_site_is_refused() -> None:
    assert sign_in("https://elsewhere.example") == 403
