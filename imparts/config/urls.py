"""Every app's addresses in one list."""

from allauth.account import views as allauth
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from imparts.access import views as access
from imparts.config import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    # Only these of allauth's pages are open: nobody signs up, and there is no e-mail reset yet.
    path("sign-in/first/", access.first_sign_in, name="first_sign_in"),
    path("sign-in/login/", allauth.login, name="account_login"),
    path("sign-in/logout/", allauth.logout, name="account_logout"),
    path("sign-in/password/", allauth.password_change, name="account_change_password"),
    path("sign-in/password/first/", allauth.password_set, name="account_set_password"),
    path("tablet/", include("imparts.informatics.questionnaires.urls")),
    path("library/", include("imparts.authoring.urls")),
    path("", include("imparts.gateway.smart.urls")),  # also what is well known below /fhir/
    path("fhir/", include("imparts.gateway.fhir_server.urls")),
    path("", include("imparts.administration.urls")),
    path("", include("imparts.workspace.urls")),
]
if settings.IMPARTS_DEMO:
    urlpatterns.append(path("demo/", include("imparts.demo.urls")))

handler400 = "imparts.design.error_pages.bad_request"
handler403 = "imparts.design.error_pages.not_permitted"
handler404 = "imparts.design.error_pages.not_found"
handler500 = "imparts.design.error_pages.our_mistake"
