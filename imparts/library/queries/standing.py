"""Whether a version may be offered to patients on a day, and if not, why, in one sentence.

What a file says of itself ("checked_by") is shown but never enough: a file can be copied and
changed; a signature here names who stands for this very text (hazard H7).
"""

from datetime import date

from django.conf import settings
from django.db.models import DateTimeField, OuterRef, QuerySet, Subquery

from imparts.design.dates import day
from imparts.library.models import ContentVersion, HarmReview, Signature, Withdrawal
from imparts.library.queries import reading
from imparts.rules.forms.harm import HarmRule, harm_rules
from imparts.rules.instruments.definition import Licence

Kind = ContentVersion.Kind
NOT_SIGNED = "It may not be used here until a clinician has signed it."
NO_WORDING = (
    "There is no wording of it here. A site with a licence loads the wording that came with it."
)
HARM_NOT_CONFIRMED = "Nobody has confirmed yet which of its questions ask about harm."
SIGN_AGAIN = (
    "Its questions about harm were confirmed after it was signed; it is to be signed again."
)


def with_standing() -> QuerySet[ContentVersion]:
    """Versions with what stands for and against each: signed, confirmed, withdrawn, and when."""
    return ContentVersion.objects.defer("body").annotate(
        signed_at=_last(Signature), confirmed_at=_last(HarmReview), withdrawn_at=_last(Withdrawal)
    )


def versions_called(key: str) -> tuple[ContentVersion, ...]:
    """Every version of any kind that has this key, the one loaded last first."""
    return tuple(with_standing().filter(key=key).order_by("-id"))


def _last(table: type[Signature] | type[HarmReview] | type[Withdrawal]) -> Subquery:
    rows = table.objects.filter(content=OuterRef("pk")).order_by("-id")
    return Subquery(rows.values("at")[:1], output_field=DateTimeField())


def why_not_offered(content: ContentVersion, *, on: date) -> str | None:
    """Why a version is not offered on a day, in a sentence; None when it is."""
    standing = content if hasattr(content, "signed_at") else with_standing().get(pk=content.pk)
    return (
        _withdrawn(standing)
        or _structure_withdrawn(standing)
        or _cannot_be_asked(standing, on=on)
        or _harm_not_confirmed(standing)
        or _not_signed(standing)
    )


def may_be_offered(content: ContentVersion, *, on: date) -> bool:
    """Whether a version may be used on a day: a clinician of this site has signed it, or demo."""
    return why_not_offered(content, on=on) is None


def _withdrawn(content: ContentVersion) -> str | None:
    if content.withdrawn_at is None:
        return None
    last = Withdrawal.objects.filter(content=content).latest("id")
    return f"It was withdrawn on {day(last.at)}: {last.why}"


def _structure_withdrawn(content: ContentVersion) -> str | None:
    """What was wrong with an instrument's version is wrong in each wording that was built on it."""
    if content.kind != Kind.WORDING:
        return None
    built_on = Withdrawal.objects.filter(
        content__kind=Kind.INSTRUMENT, content__sha256=reading.structure_mark_of(content.pk)
    )
    last = built_on.select_related("content").order_by("id").last()
    if last is None:
        return None
    return (
        f"{last.content.key} {last.content.version}, on which it is built, was withdrawn on "
        f"{day(last.at)}: {last.why}"
    )


def _cannot_be_asked(content: ContentVersion, *, on: date) -> str | None:
    """No clinician's signature mends these, and the demonstration does not either."""
    if content.kind == Kind.INSTRUMENT:
        return None if reading.instrument_of(content.pk).has_wording else NO_WORDING
    if content.kind == Kind.WORDING:
        return _licence_ended(reading.wording_of(content.pk).licence, on=on)
    return None


def _licence_ended(licence: Licence, *, on: date) -> str | None:
    """The day that a licence names is the last one on which it still holds."""
    if licence.expires is None or on <= licence.expires:
        return None
    return f"Its licence from {licence.holder} ended on {day(licence.expires)}."


def _harm_not_confirmed(content: ContentVersion) -> str | None:
    if content.confirmed_at is None:
        return HARM_NOT_CONFIRMED if content.kind == Kind.FORM else None
    if content.signed_at is not None and content.signed_at < content.confirmed_at:
        return SIGN_AGAIN
    return None


def _not_signed(content: ContentVersion) -> str | None:
    if settings.IMPARTS_DEMO or content.signed_at is not None:
        return None
    return NOT_SIGNED


def harm_rules_of(content_id: int) -> tuple[HarmRule, ...]:
    """Which answers to a form raise an alert, as a named person confirmed it last."""
    review = harm_review_of(content_id)
    return harm_rules(review.items) if review else ()


def harm_review_of(content_id: int) -> HarmReview | None:
    """Which questions ask about harm, as they were confirmed last."""
    return HarmReview.objects.filter(content_id=content_id).order_by("-id").first()
