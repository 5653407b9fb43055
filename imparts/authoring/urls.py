"""Addresses of the library. None holds anything about a patient."""

from django.urls import path

from imparts.authoring.views import library, passport

app_name = "authoring"
urlpatterns = [
    path("", library.library, name="library"),
    path("guide/", passport.guide, name="guide"),
    # These come last: an instrument's name is all that they begin with.
    path("<slug:key>/", passport.passport, name="passport"),
    path("<slug:key>/<int:content_id>/", passport.passport, name="passport_version"),
    path("<slug:key>/<int:content_id>/questionnaire.json", passport.as_fhir, name="as_fhir"),
]
