"""Each way against a real server: what it takes, refuses and leaves open, and how long it takes."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from imparts.gateway.notices.by_email import ByEmail, SmsThroughEmail
from imparts.gateway.notices.by_file import ByFile
from imparts.gateway.notices.by_notify import ByNotify
from imparts.gateway.notices.servers import MailServer, NotifyAccount, SmsByEmail, SmsFolder
from imparts.gateway.notices.ways import Way
from imparts.gateway.notices.words import written
from imparts.gateway.outcomes import Outcome, Told
from tests.gateway.notices.servers import KEY, SENDER, TEMPLATE, Hanging, Mail, Mood, Notify

KIT, NUMBER = "kit@fernhollow.example", "+447700900123"
NOTICE = written(kind="alert_called", rung="deputy", service="Rheumatology, Fernhollow Hospital")


def sent(way: Way, to: str = KIT, *, reference: str = "REF1", is_again: bool = False) -> Told:
    """What becomes of one notice."""
    return way.send(to, NOTICE, reference=reference, is_again=is_again)


def test_a_mail_holds_the_notice_and_asks_machines_not_to_answer(mail: Mail) -> None:
    assert sent(ByEmail(mail.named)) == Told(Outcome.TAKEN)
    (got,) = mail.taken
    assert (got["To"], got["From"], got["Subject"]) == (KIT, SENDER, NOTICE.subject)
    assert mail.texts == [NOTICE.text]
    assert got["Message-ID"] == "<REF1@fernhollow.example>"
    assert got["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(
    ("mood", "outcome"),
    [
        (Mood.NOT_NOW, Outcome.NOT_THIS_TIME),
        (Mood.LEAVING, Outcome.NO_ANSWER),
        (Mood.NO_SUCH_MAILBOX, Outcome.REFUSED),
        (Mood.RELAYS_NOTHING, Outcome.NOT_THIS_TIME),
        (Mood.NOT_THIS_TEXT, Outcome.NOT_THIS_TIME),
    ],
)
def test_what_the_mail_server_says_is_kept_in_its_words(
    mail: Mail, mood: Mood, outcome: Outcome
) -> None:
    mail.become(mood)
    told = sent(ByEmail(mail.named))
    assert told.outcome is outcome
    assert told.words == f"The mail server said {mood.value[:3]}: {mood.value[4:]}"
    assert mail.taken == []


@pytest.mark.parametrize("mood", [Mood.CLOSES, Mood.TAKES_AND_CLOSES])
def test_a_mail_server_that_closes_in_the_middle_has_not_answered(mail: Mail, mood: Mood) -> None:
    mail.become(mood)
    told = sent(ByEmail(mail.named))
    assert told.outcome is Outcome.NO_ANSWER
    assert told.words.startswith("The mail server does not answer")


def test_a_mail_server_that_is_down_has_not_answered(mail: Mail) -> None:
    mail.stop()
    assert sent(ByEmail(mail.named)).outcome is Outcome.NO_ANSWER


def test_a_mail_server_that_wants_us_to_sign_in_loses_no_notice(mail: Mail) -> None:
    url = f"smtp://user:wrong@127.0.0.1:{mail.port}"
    told = sent(ByEmail(MailServer.named(url, sender=SENDER)))
    assert told.outcome is Outcome.NO_ANSWER


def test_a_mail_server_without_the_encryption_that_was_set_gets_nothing(mail: Mail) -> None:
    url = f"smtp+starttls://127.0.0.1:{mail.port}"
    told = sent(ByEmail(MailServer.named(url, sender=SENDER)))
    assert (told.outcome, mail.taken) == (Outcome.NO_ANSWER, [])


def test_a_server_that_says_nothing_is_left_after_one_step(hanging: Hanging) -> None:
    began = time.monotonic()
    told = sent(ByEmail(hanging.named, seconds_a_step=0.3))
    assert told.outcome is Outcome.NO_ANSWER
    assert time.monotonic() - began < 3


def test_a_server_that_says_a_byte_now_and_then_is_hung_up_on(dripping: Hanging) -> None:
    """Each byte begins a time-out anew: without an end of our own this would last for hours."""
    began = time.monotonic()
    told = sent(ByEmail(dripping.named, seconds_a_step=5, seconds_in_all=0.5))
    assert told.outcome is Outcome.NO_ANSWER
    assert time.monotonic() - began < 4


def test_a_server_that_stops_talking_in_the_middle_is_left(mail: Mail) -> None:
    mail.become(Mood.HANGS)
    began = time.monotonic()
    assert sent(ByEmail(mail.named, seconds_a_step=0.3)).outcome is Outcome.NO_ANSWER
    assert time.monotonic() - began < 3


def test_an_address_that_is_none_is_refused_and_not_sent(mail: Mail) -> None:
    told = sent(ByEmail(mail.named), "kit\n@fernhollow.example")
    assert (told.outcome, mail.connections) == (Outcome.REFUSED, 0)


def test_sms_by_e_mail_put_the_number_into_the_address(mail: Mail) -> None:
    way = SmsThroughEmail(ByEmail(mail.named), SmsByEmail("{number}@sms.example"))
    assert sent(way, NUMBER) == Told(Outcome.TAKEN)
    assert mail.taken[0]["To"] == "447700900123@sms.example"
    assert mail.texts == [NOTICE.text]


@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (400, {"errors": [{"message": "Can't send to this recipient when in trial mode"}]},
         Outcome.NOT_THIS_TIME),
        (403, {"errors": [{"message": "Error: Your system clock must be accurate"}]},
         Outcome.NO_ANSWER),
        (429, {"errors": [{"message": "Exceeded rate limit"}]}, Outcome.NO_ANSWER),
        (500, {"errors": [{"message": "Internal server error"}]}, Outcome.NO_ANSWER),
        (503, "<html>down</html>", Outcome.NO_ANSWER),
        (200, "<html>please sign in to this network</html>", Outcome.NO_ANSWER),
        (200, {"hello": "world"}, Outcome.NO_ANSWER),
    ],
)  # fmt: skip
def test_what_notify_says_is_told_apart(
    notify: Notify, status: int, body: object, outcome: Outcome
) -> None:
    notify.says = (status, body)
    told = sent(ByNotify(notify.account), NUMBER)
    assert told.outcome is outcome and told.words


def test_notify_with_a_wrong_key_loses_no_notice(notify: Notify) -> None:
    wrong = NotifyAccount.named(
        KEY.replace("555555555555", "666666666666"), template=TEMPLATE, url=notify.account.url
    )
    told = sent(ByNotify(wrong), NUMBER)
    assert (told.outcome, notify.taken) == (Outcome.NO_ANSWER, [])
    assert "Invalid token" in told.words


def test_notify_that_is_down_or_hangs_has_not_answered(notify: Notify, hanging: Hanging) -> None:
    silent = NotifyAccount.named(KEY, template=TEMPLATE, url=f"http://127.0.0.1:{hanging.port}")
    assert sent(ByNotify(silent, seconds_a_step=0.3), NUMBER).outcome is Outcome.NO_ANSWER
    gone = NotifyAccount.named(KEY, template=TEMPLATE, url="http://127.0.0.1:1")
    assert sent(ByNotify(gone), NUMBER).outcome is Outcome.NO_ANSWER


# --- the pretend way behaves like the real one: each test is tried with both ---


@pytest.fixture(params=["notify", "file"])
def sms(
    request: pytest.FixtureRequest, notify: Notify, tmp_path: Path
) -> tuple[Way, Callable[[], list[str]]]:
    """A way to send SMS, and what it has sent."""
    if request.param == "notify":
        return ByNotify(notify.account), lambda: notify.texts
    folder = tmp_path / "sms"
    return ByFile(SmsFolder(folder)), lambda: [
        each.read_text().partition("\n\n")[2].strip() for each in sorted(folder.glob("*.txt"))
    ]


def test_an_sms_is_taken_word_by_word(sms: tuple[Way, Callable[[], list[str]]]) -> None:
    way, texts = sms
    assert sent(way, NUMBER) == Told(Outcome.TAKEN)
    assert texts() == [NOTICE.text]


@pytest.mark.parametrize("number", ["", "07700 900123", "+44", "nobody", "+4477009001234567"])
def test_what_is_no_number_is_refused_by_both(
    sms: tuple[Way, Callable[[], list[str]]], number: str
) -> None:
    way, texts = sms
    told = sent(way, number)
    assert told.outcome is Outcome.REFUSED and told.words
    assert texts() == []


def test_the_same_notice_tried_again_is_one_sms(
    sms: tuple[Way, Callable[[], list[str]]],
) -> None:
    way, texts = sms
    assert sent(way, NUMBER).outcome is Outcome.TAKEN
    assert sent(way, NUMBER, is_again=True).outcome is Outcome.TAKEN
    assert len(texts()) == 1
    assert sent(way, NUMBER, reference="REF2").outcome is Outcome.TAKEN
    assert len(texts()) == 2, "another notice of the same words is another SMS"


def test_one_that_notify_took_without_our_hearing_is_not_sent_again(notify: Notify) -> None:
    notify.takes_and_closes = 1
    way = ByNotify(notify.account)
    assert sent(way, NUMBER).outcome is Outcome.NO_ANSWER
    assert sent(way, NUMBER, is_again=True).outcome is Outcome.TAKEN
    assert len(notify.taken) == 1


def test_a_folder_that_cannot_be_written_keeps_the_notice(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    told = sent(ByFile(SmsFolder(tmp_path / "file")), NUMBER)
    assert told.outcome is Outcome.NO_ANSWER and told.words
