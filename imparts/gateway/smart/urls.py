"""Addresses of sign-in for programs, of opening apps, and of being opened by a record."""

from django.urls import URLPattern, path

from imparts.gateway.smart.views import authorising, configuring, launching, opening_apps, tokens

app_name = "smart"
urlpatterns: list[URLPattern] = [
    path("fhir/.well-known/smart-configuration", configuring.smart_configuration),
    path("fhir/.well-known/openid-configuration", configuring.openid_configuration),
    path(".well-known/smart-configuration", configuring.smart_configuration),
    path("oauth/jwks/", configuring.jwks, name="jwks"),
    path("oauth/authorize/", authorising.authorize, name="authorize"),
    path("oauth/token/", tokens.token, name="token"),
    path("oauth/revoke/", tokens.revoke, name="revoke"),
    path("oauth/introspect/", tokens.introspect, name="introspect"),
    path("launch", launching.launch, name="launch"),
    path("launch/back", launching.back, name="launch_back"),
    path("patients/<uuid:patient_id>/apps/", opening_apps.apps_for, name="apps"),
]
