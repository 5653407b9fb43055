"""Addresses of the staff side. None holds anything about a patient but an id."""

from django.urls import path

from imparts.workspace.views import (
    alerts,
    at_the_desk,
    clinic_list,
    connections,
    home,
    pathway_drafts,
    pathway_edits,
    pathways,
    patients,
    summary,
)

app_name = "workspace"
urlpatterns = [
    path("", home.start, name="start"),
    path("clinic/", clinic_list.clinic_list, name="clinic"),
    path("clinic/find/", clinic_list.find, name="find"),
    path("clinic/<uuid:appointment_id>/arrived/", at_the_desk.arrived, name="arrived"),
    path("clinic/<uuid:appointment_id>/moved/", at_the_desk.moved, name="moved"),
    path("clinic/<uuid:appointment_id>/outcome/", at_the_desk.outcome, name="outcome"),
    path("clinic/sitting/<uuid:sitting_id>/take-back/", at_the_desk.take_back, name="take_back"),
    path("clinic/sitting/<uuid:sitting_id>/helping/", at_the_desk.helping, name="helping"),
    path("connections/", connections.connections, name="connections"),
    path("alerts/", alerts.alert_list, name="alerts"),
    path("alerts/<int:alert_id>/", alerts.one_alert, name="alert"),
    path("alerts/<int:alert_id>/take/", alerts.take, name="take"),
    path("alerts/<int:alert_id>/record/", alerts.record, name="record"),
    path("pathways/", pathways.pathway_list, name="pathways"),
    path("pathways/<int:service_id>/<slug:key>/", pathways.one_pathway, name="pathway"),
    path("pathways/<int:service_id>/<slug:key>/change/", pathways.begin, name="pathway_begin"),
    path("pathways/<int:service_id>/<slug:key>/back/", pathways.go_back, name="pathway_back"),
    path(
        "pathways/<int:service_id>/<slug:key>/capacity/<slug:option>/",
        pathways.capacity,
        name="pathway_capacity",
    ),
    path("pathways/drafts/<int:draft_id>/", pathway_drafts.draft, name="pathway_draft"),
    path("pathways/drafts/<int:draft_id>/comment/", pathway_drafts.comment, name="pathway_comment"),
    path("pathways/drafts/<int:draft_id>/hand-in/", pathway_drafts.hand_in, name="pathway_hand_in"),
    path("pathways/drafts/<int:draft_id>/sign/", pathway_drafts.sign, name="pathway_sign"),
    path(
        "pathways/drafts/<int:draft_id>/throw-away/",
        pathway_drafts.throw_away,
        name="pathway_throw_away",
    ),
    path(
        "pathways/drafts/<int:draft_id>/scores/<slug:level>/",
        pathway_edits.scores,
        name="pathway_scores",
    ),
    path(
        "pathways/drafts/<int:draft_id>/steps/<slug:step_id>/",
        pathway_edits.one_step,
        name="pathway_step",
    ),
    path(
        "pathways/drafts/<int:draft_id>/add/<slug:level>/",
        pathway_edits.another_step,
        name="pathway_new_step",
    ),
    path("patients/", patients.find, name="patients"),
    path("patients/<uuid:patient_id>/", patients.one_patient, name="patient"),
    path("patients/<uuid:patient_id>/visits/<uuid:sitting_id>/", summary.visit, name="visit"),
    path(
        "patients/<uuid:patient_id>/visits/<uuid:sitting_id>/fhir/",
        summary.visit_as_fhir,
        name="visit_as_fhir",
    ),
    path("steps/<int:entry_id>/<slug:step_id>/", summary.decide, name="decide"),
]
