"""What counts once: a launch that an app brings back, an opening that a user comes back to."""

from datetime import datetime

from imparts.gateway.smart.models import Launch, Opening


def use_up(one: Launch | Opening, *, at: datetime) -> bool:
    """Whether it was still unused; from here on it is used, whatever comes of it."""
    unused = type(one).objects.filter(pk=one.pk, used_at__isnull=True)
    return bool(unused.update(used_at=at))
