"""As of when: when each fact was said last, and whether something newer was said before."""

from datetime import UTC, datetime

from imparts.gateway.inbound.models import FactAsOf

_SAID = "said"


def written(moment: datetime) -> str:
    """A moment in UTC so that the order of texts is the order of moments."""
    return f"{moment:%Y-%m-%dT%H:%M:%S.%f}"


def moment_of(text: str) -> datetime:
    """The moment that was written so."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def newest_of(subject: FactAsOf.Subject, key: str, *, said_at: datetime) -> FactAsOf | None:
    """What is kept of one subject, locked; None where something newer was said of it before."""
    row, _ = FactAsOf.objects.select_for_update(no_key=True).get_or_create(subject=subject, key=key)
    return None if written(said_at) < row.times.get(_SAID, "") else row


def keep_newest(row: FactAsOf, *, said_at: datetime, **more: int | None) -> None:
    """That this was said then, and what it became, as the newest of its subject."""
    row.times = {_SAID: written(said_at), **more}
    row.save(update_fields=["times"])
