"""`imparts senders`: who may send, and what their codes mean, said in sentences."""

import argparse
from contextlib import contextmanager

import pytest

from imparts.commands import senders
from imparts.commands.exit_codes import UsedWrongly
from imparts.gateway.inbound.models import KnownSender, NumberIssuer, ServiceCode
from imparts.organisations.models import Service
from tests.builders import NOON, a_service

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Service:
    @contextmanager
    def here():
        yield NOON

    monkeypatch.setattr("imparts.commands.senders.database.with_apps", here)
    return a_service(with_content=False)


def _said(*words: str) -> int:
    parser = argparse.ArgumentParser()
    senders.arguments(parser)
    return senders.run(parser.parse_args(words))


def _add(service: Service, *more: str) -> int:
    return _said(
        "add", "--application", "PAS", "--facility", "RXX",
        "--organisation", service.organisation.code, *more,
    )  # fmt: skip


def test_a_sender_is_added_listed_stopped_and_started(
    service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _said("list") == 0
    assert "Nobody may send yet." in capsys.readouterr().out
    _add(service, "--address", "10.1.0.0/16", "--kind", "ADT", "--kind", "SIU", "--test")
    made = KnownSender.objects.get()
    assert (made.addresses, made.kinds, made.processing) == (["10.1.0.0/16"], ["ADT", "SIU"], "T")
    assert f"{made.pk}  PAS at RXX" in capsys.readouterr().out
    _said("stop", str(made.pk), "--why", "The system is replaced.")
    assert "may send no more" in capsys.readouterr().out
    assert not KnownSender.objects.get().is_active
    _said("start", str(made.pk), "--why", "It is not.")
    assert KnownSender.objects.get().is_active


def test_what_its_codes_mean_is_named(service: Service) -> None:
    code = service.organisation.code
    assert _said("clinic", "RHEU1", "--service", service.code, "--organisation", code) == 0
    assert ServiceCode.objects.get(code="RHEU1").service == service
    assert _said("measure", "GLYC", "--measure", "hba1c", "--organisation", code) == 0
    assert _said("issuer", "FERN PAS", "--organisation", code) == 0
    assert NumberIssuer.objects.get().name == "FERN PAS"


def test_what_cannot_be_is_refused_in_a_sentence(service: Service) -> None:
    code = service.organisation.code
    for words, said in (
        (
            ("add", "--application", "P", "--facility", "R", "--organisation", "?"),
            "no organisation",
        ),
        (("stop", "99", "--why", "x"), "no sender 99"),
        (("clinic", "R", "--service", "?", "--organisation", code), "there are: service"),
        (("measure", "G", "--measure", "luck", "--organisation", code), "no measure luck"),
    ):
        with pytest.raises(UsedWrongly, match=said):
            _said(*words)
    _add(service)
    with pytest.raises(UsedWrongly, match="known already"):
        _add(service)
