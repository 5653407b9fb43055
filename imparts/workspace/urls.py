"""Addresses of the staff side. None holds anything about a patient but an id."""

from django.urls import path

from imparts.workspace.views import (
    alerts,
    at_the_desk,
    clinic_list,
    connections,
    home,
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
