"""Addresses of the library. None holds anything about a patient."""

from django.urls import path

from imparts.authoring.views import (
    composing,
    conditions,
    importing,
    library,
    packs,
    passport,
    previewing,
    signing,
    starting,
    versions,
)

app_name = "authoring"
urlpatterns = [
    path("", library.library, name="library"),
    path("packs/", packs.all_packs, name="packs"),
    path("packs/new/", packs.new_pack, name="new_pack"),
    path("packs/drafts/<int:draft_id>/", composing.compose, name="draft"),
    path("packs/drafts/<int:draft_id>/throw-away/", composing.throw_away, name="throw_away"),
    path(
        "packs/drafts/<int:draft_id>/only-when/<slug:key>/", conditions.only_when, name="only_when"
    ),
    path("preview/<slug:of>/<int:of_id>/", previewing.preview, name="preview"),
    path("preview/<slug:of>/<int:of_id>/questions/", previewing.questions, name="all_questions"),
    path("preview/<slug:of>/<int:of_id>/before/", previewing.before, name="preview_before"),
    path(
        "preview/<slug:of>/<int:of_id>/q/<slug:instrument>/<slug:item>/",
        previewing.question,
        name="preview_question",
    ),
    path("preview/<slug:of>/<int:of_id>/calm/", previewing.calm, name="preview_calm"),
    path("preview/<slug:of>/<int:of_id>/check/", previewing.check, name="preview_check"),
    path("versions/<int:content_id>/", versions.version, name="version"),
    path("versions/<int:content_id>/sign/", signing.sign_one, name="sign_one"),
    path("versions/<int:content_id>/start/", starting.start, name="start"),
    path("versions/<int:content_id>/next/", packs.next_version, name="next_version"),
    path("services/<int:service_id>/", starting.history, name="history"),
    path("in-force/<int:row_id>/take-back/", starting.take_back, name="take_back"),
    path("signing/", signing.waiting, name="signing"),
    path("imports/", importing.bring_in, name="imports"),
    path("imports/<int:content_id>/", importing.report, name="import"),
    path("imports/<int:content_id>/harm/", importing.confirm, name="confirm_harm"),
    path("guide/", passport.guide, name="guide"),
    # These come last: an instrument's name is all that they begin with.
    path("<slug:key>/", passport.passport, name="passport"),
    path("<slug:key>/<int:content_id>/", passport.passport, name="passport_version"),
    path("<slug:key>/<int:content_id>/questionnaire.json", passport.as_fhir, name="as_fhir"),
]
