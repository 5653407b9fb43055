"""The commands that let programs and records in, as somebody types them."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


def typed(database, *words: str) -> "subprocess.CompletedProcess[str]":
    """The program, on this test's database."""
    return subprocess.run(
        [sys.executable, "-m", "imparts", *words],
        env=os.environ | {"DATABASE_URL": database.web_url},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_a_machine_is_let_in_listed_and_put_out(database_of_this_process, db: None) -> None:
    from imparts.gateway.smart.models import ApiClient
    from tests.builders import a_service

    code = a_service(with_content=False).code
    ran = typed(
        database_of_this_process, "api-client", "create", "--name", "Warehouse",
        "--scopes", "system/*.rs", "--services", code,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    client = ApiClient.objects.get()
    secret = ran.stdout.split("client secret")[1].split()[0]
    assert client.client_id in ran.stdout and secret not in client.client_secret
    assert "Warehouse" in typed(database_of_this_process, "api-client", "list").stdout
    out = typed(database_of_this_process, "api-client", "revoke", client.client_id)
    assert out.returncode == 0 and "is out" in out.stdout
    again = typed(database_of_this_process, "api-client", "revoke", client.client_id)
    assert again.returncode == 2


def test_what_is_typed_wrongly_is_said(database_of_this_process, db: None) -> None:
    from tests.builders import a_service

    a_service(with_content=False)
    ran = typed(
        database_of_this_process, "api-client", "create", "--name", "X", "--scopes", "user/*.rs"
    )
    assert ran.returncode == 2 and "system/ scopes only" in ran.stderr + ran.stdout
    record = typed(
        database_of_this_process, "smart-record", "add", "--name", "R", "--client-id", "imparts",
        "--issuer", "http://record.example/fhir", "--patient-system", "x",
    )  # fmt: skip
    assert record.returncode == 2 and "https://" in record.stderr + record.stdout
