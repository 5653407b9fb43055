"""What the ledger's filters offer: services, and who has owned an alert there."""

from imparts.access.queries import Asking, services_of
from imparts.access.roles import May
from imparts.pathways.models import AlertEvent
from imparts.workspace.queries.names import known_as

Name = AlertEvent.Name


def services_of_ledger(asking: Asking) -> list[tuple[int, str]]:
    """The services whose ledger someone may see."""
    allowed = asking.services_where(May.SEE_LEDGER)
    return [(each.pk, str(each)) for each in services_of(asking) if each.pk in allowed]


def owners_of(asking: Asking) -> list[tuple[str, str]]:
    """Who has taken an alert at these services, or was handed one, by job title."""
    at = asking.services_where(May.SEE_LEDGER)
    events = AlertEvent.objects.filter(alert__service_id__in=at)
    taken = events.filter(name=Name.ACKNOWLEDGED).values_list("by", flat=True).distinct()
    handed = events.filter(name=Name.HANDED_ON).values_list("for_whom", flat=True).distinct()
    names = {*taken, *handed} - {""}
    called = known_as(names)
    return sorted(((name, called(name)) for name in names), key=lambda pair: pair[1])
