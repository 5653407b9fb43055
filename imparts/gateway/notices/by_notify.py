"""By Notify: SMS through GOV.UK Notify, which is asked before a repeat whether it has it."""

import re

from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from imparts.gateway.notices.servers import NotifyAccount
from imparts.gateway.notices.ways import in_words
from imparts.gateway.notices.words import Notice
from imparts.gateway.outcomes import Outcome, Told

SECONDS_A_STEP = 8.0
_NOT_A_NUMBER = re.compile(r"phone_number\b")


class ByNotify:
    """SMS to members of staff. The template at Notify holds ((text)) and nothing else."""

    name = "SMS"

    def __init__(self, account: NotifyAccount, *, seconds_a_step: float = SECONDS_A_STEP) -> None:
        where = {"base_url": account.url} if account.url else {}
        self._client = NotificationsAPIClient(account.key, timeout=seconds_a_step, **where)
        self._template = account.template

    def send(self, to: str, notice: Notice, *, reference: str, is_again: bool) -> Told:
        """Hand it in, unless Notify has one with this reference already."""
        try:
            if is_again and self._has(reference):
                return Told(Outcome.TAKEN)
            taken = self._client.send_sms_notification(
                phone_number=to, template_id=self._template,
                personalisation={"text": notice.text}, reference=reference,
            )  # fmt: skip
        except APIError as error:
            return _told(error)
        finally:
            self._client.request_session.close()  # else its socket stays open until the next notice
        if not isinstance(taken, dict) or "id" not in taken:
            return Told(Outcome.NO_ANSWER, "GOV.UK Notify gave an answer that is not its own.")
        return Told(Outcome.TAKEN)

    def _has(self, reference: str) -> bool:
        found = self._client.get_all_notifications(reference=reference)
        return bool(found.get("notifications"))


def _told(error: APIError) -> Told:
    """A number that is none is final. All else is between site and Notify, and is tried again."""
    said = in_words("; ".join(_messages(error)))
    if error.response is None:
        return Told(Outcome.NO_ANSWER, "GOV.UK Notify does not answer.")
    words = f"GOV.UK Notify said {error.status_code}: {said}"
    if error.status_code == 400 and _NOT_A_NUMBER.match(said):
        return Told(Outcome.REFUSED, words)
    if error.status_code == 400:
        return Told(Outcome.NOT_THIS_TIME, words)
    return Told(Outcome.NO_ANSWER, words)


def _messages(error: APIError) -> list[str]:
    said = error.message
    if isinstance(said, list):
        return [str(each.get("message", "")) for each in said if isinstance(each, dict)]
    return [str(said)]
