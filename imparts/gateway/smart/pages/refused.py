"""Why a record could not open us, in words for whoever stands before the screen.

No page names anybody: who opened it may not be who may see it.
"""

from dataclasses import dataclass

_TELL = "Tell trust IT"


@dataclass(frozen=True, slots=True)
class RefusedPage:
    """One refusal: what happened, and what to do."""

    title: str
    said: str
    do: str


class Refusal(Exception):
    """Somebody is not let in. The audit keeps `why`, and `who` where that is known."""

    def __init__(self, why: str, page: RefusedPage, who: str = "") -> None:
        super().__init__(why)
        self.why, self.page, self.who = why, page, who

    def noted(self, who: str) -> "Refusal":
        """The same, about a member of staff who is known."""
        return Refusal(self.why, self.page, who)


NOT_TRUSTED = Refusal(
    "not a registered record",
    RefusedPage(
        "This record cannot open imparts",
        "The record that sent you here is not registered, so nothing of it was asked or opened.",
        f"{_TELL}: they register a record once, by its address. Meanwhile sign in to imparts.",
    ),
)
NOT_LAUNCHED = Refusal(
    "no launch",
    RefusedPage(
        "Nobody's notes were named",
        "The record opened imparts without saying for which patient.",
        "Open a patient in the record and then imparts from there.",
    ),
)
NOT_BACK = Refusal(
    "not the browser or the record that began",
    RefusedPage(
        "This opening has ended",
        "It was used already, took longer than 5 minutes, began in another browser, or this "
        "browser keeps no cookies for pages in a frame.",
        "Open imparts from the record again. If that shows this page again, ask trust IT to let "
        "the record open imparts in a tab of its own.",
    ),
)
RECORD_REFUSED = Refusal(
    "the record did not sign its user in",
    RefusedPage(
        "The record did not let you in",
        "It sent you back without signing you in, so imparts does not know who you are.",
        "Open imparts from the record again.",
    ),
)
STAFF_UNKNOWN = Refusal(
    "user not known",
    RefusedPage(
        "You are not known here",
        "The record signed you in, and nobody of that user name is staff in imparts.",
        "Ask the administrator of your service to add you under the user name of the record.",
    ),
)
NOBODY_HERE = Refusal(
    "no role",
    RefusedPage(
        "You have no role here",
        "You are known in imparts, and hold no role at any service today.",
        "Ask the administrator of your service for one.",
    ),
)
PATIENT_UNKNOWN = Refusal(
    "patient not known",
    RefusedPage(
        "This patient is not known here",
        "Nobody in imparts has the hospital number that the record gave.",
        "If they should be: check the number, then register them or book their appointment.",
    ),
)
NOT_THE_SAME = Refusal(
    "birth date differs",
    RefusedPage(
        "This may be another person",
        "The hospital number is known here with another birth date than the record's, so nothing "
        "was opened.",
        "Find out which birth date is right, and have the wrong one put right, before you go on.",
    ),
)
NO_CARE = Refusal(
    "no care relationship",
    RefusedPage(
        "You may not see this patient here",
        "None of the services at which you hold a role looks after this patient today.",
        "If one should: book the appointment or ask for the referral; then open imparts again.",
    ),
)


def talked(what: str) -> Refusal:
    """The record did not answer as it must."""
    page = RefusedPage(
        "The record cannot be asked",
        f"imparts asked the record who you are. {what}",
        "Try again in a moment. If it stays like this, tell trust IT what stands here.",
    )
    return Refusal(what[:200], page)
