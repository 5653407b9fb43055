"""How a site names its servers: what is wrong stops the start with how to write it."""

from pathlib import Path

import pytest

from imparts.gateway.notices.servers import (
    MailServer,
    NotifyAccount,
    Servers,
    SmsByEmail,
    SmsFolder,
    WronglySet,
    read_servers,
)
from tests.gateway.notices.servers import KEY, TEMPLATE

MAIL = {"IMPARTS_EMAIL_URL": "smtps://mail.example", "IMPARTS_EMAIL_FROM": "imparts@trust.example"}
NOTIFY = {"IMPARTS_NOTIFY_KEY": KEY, "IMPARTS_NOTIFY_TEMPLATE": TEMPLATE}


def test_nothing_set_is_nothing_sent() -> None:
    assert read_servers({}, pretend=None) == Servers(None, None)


@pytest.mark.parametrize(
    ("url", "port", "security"),
    [
        ("smtp://mail.example", 25, "smtp"),
        ("smtp+starttls://u:p@mail.example", 587, "smtp+starttls"),
        ("smtps://u:p@mail.example", 465, "smtps"),
        ("smtp://u:p@127.0.0.1:1025", 1025, "smtp"),
    ],
)
def test_a_mail_server_is_read(url: str, port: int, security: str) -> None:
    made = MailServer.named(url, sender="imparts@trust.example")
    assert (made.port, made.security) == (port, security)


def test_a_password_may_hold_any_character() -> None:
    made = MailServer.named("smtps://user%40trust:p%3Aq%2F@mail.example", sender="a@b.example")
    assert (made.username, made.password) == ("user@trust", "p:q/")


@pytest.mark.parametrize(
    ("set_to", "says"),
    [
        ({"IMPARTS_EMAIL_URL": "mail.example"}, "must look like"),
        ({"IMPARTS_EMAIL_URL": "http://mail.example"}, "must look like"),
        ({"IMPARTS_EMAIL_URL": "smtp://mail.example:99999"}, "port"),
        ({"IMPARTS_EMAIL_URL": "smtp://u:p@mail.example"}, "unprotected"),
        ({"IMPARTS_EMAIL_FROM": ""}, "IMPARTS_EMAIL_FROM must be"),
        ({"IMPARTS_EMAIL_FROM": "imparts"}, "IMPARTS_EMAIL_FROM must be"),
        ({"IMPARTS_NOTIFY_KEY": "secret"}, "IMPARTS_NOTIFY_KEY must be"),
        ({"IMPARTS_NOTIFY_KEY": KEY}, "IMPARTS_NOTIFY_TEMPLATE must be"),
        ({**NOTIFY, "IMPARTS_NOTIFY_URL": "http://notify.example"}, "must begin with https"),
        ({"IMPARTS_SMS_BY_EMAIL": "sms.example"}, "must look like"),
        ({"IMPARTS_SMS_BY_EMAIL": "{number}@sms.example", **NOTIFY}, "both set"),
    ],
)
def test_what_is_wrongly_set_says_how_to_write_it(set_to: dict[str, str], says: str) -> None:
    with pytest.raises(WronglySet, match=says):
        read_servers({**MAIL, **set_to}, pretend=None)


def test_sms_by_email_needs_a_mail_server() -> None:
    with pytest.raises(WronglySet, match="needs IMPARTS_EMAIL_URL"):
        read_servers({"IMPARTS_SMS_BY_EMAIL": "{number}@sms.example"}, pretend=None)


def test_no_sentence_repeats_a_secret() -> None:
    for wrong in ({"IMPARTS_NOTIFY_KEY": "s3cret"}, {"IMPARTS_EMAIL_URL": "smtp://u:s3cret@x.y"}):
        with pytest.raises(WronglySet) as refused:
            read_servers({**MAIL, **wrong}, pretend=None)
        assert "s3cret" not in str(refused.value)


def test_each_way_to_send_sms_is_read(tmp_path: Path) -> None:
    assert isinstance(read_servers(NOTIFY, pretend=tmp_path).sms, NotifyAccount)
    by_email = {**MAIL, "IMPARTS_SMS_BY_EMAIL": "{number}@sms.example"}
    assert read_servers(by_email, pretend=None).sms == SmsByEmail("{number}@sms.example")
    assert read_servers({}, pretend=tmp_path).sms == SmsFolder(tmp_path), "the demonstration"
