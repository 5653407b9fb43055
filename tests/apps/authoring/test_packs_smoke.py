"""A first look at every page of composing: each of them opens."""

import pytest
from tests.apps.workspace.given import signed_in, text_of
from tests.builders import a_service
pytestmark = pytest.mark.django_db
def test_smoke_of_all_pages(client, settings):
    settings.IMPARTS_DEMO = True
    service = a_service()
    c = signed_in(client, "consultant", service)
    for a in ("/library/","/library/packs/","/library/packs/new/","/library/signing/","/library/imports/",f"/library/services/{service.pk}/"):
        r = c.get(a); assert r.status_code == 200, a
    r = c.post("/library/packs/new/", {"name":"Mine","service":service.pk,"copy":""}); assert r.status_code==302, text_of(r)
    d = r["Location"]; r=c.get(d); assert r.status_code==200
    from imparts.library.models import ContentVersion
    for one in ContentVersion.objects.all():
        assert c.get(f"/library/versions/{one.pk}/").status_code==200, one
        if one.kind in ("pack","pathway"): assert c.get(f"/library/versions/{one.pk}/start/").status_code==200
        if one.kind=="pack":
            assert c.get(f"/library/preview/version/{one.pk}/").status_code==200
            assert c.get(f"/library/preview/version/{one.pk}/questions/").status_code==200
            assert c.get(f"/library/preview/version/{one.pk}/before/").status_code==200
            assert c.get(f"/library/preview/version/{one.pk}/q/phq9/q1/").status_code==200
            assert c.get(f"/library/preview/version/{one.pk}/check/").status_code==200
