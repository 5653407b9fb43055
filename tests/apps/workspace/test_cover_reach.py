"""Whoever holds a duty and gets no e-mail and no SMS is named on the cover page, with why (H1)."""

import pytest
from django.urls import reverse

from imparts.access.models import Staff
from imparts.gateway.notices.servers import MailServer, Servers
from tests.apps.workspace.alerting import A_DAY
from tests.apps.workspace.given import page_for
from tests.builders import a_service, cover

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo", "a_november_morning")]
WHY = "No e-mail address and no mobile number: cannot be called away from a screen."


def test_those_without_any_way_are_named_until_they_have_one(client, settings) -> None:
    settings.IMPARTS_SERVERS = Servers(mail=MailServer.named("smtp://x", sender="a@b.example"))
    service = a_service(with_content=False)
    cover(service, on=A_DAY)
    Staff.objects.filter(username__startswith="owner.").update(email="kit@fernhollow.example")
    Staff.objects.filter(username__startswith="deputy.").update(first_name="Rowan")
    address = reverse("workspace:cover", args=[service.pk])
    page = page_for(client, "nurse", service, address)
    assert f"Rowan Example: {WHY}" in page and page.count(WHY) == 1
    Staff.objects.filter(username__startswith="deputy.").update(email="rowan@fernhollow.example")
    assert WHY not in page_for(client, "nurse", service, address)
