"""Addresses of setting up a site, of bookings and of one's own page: ids only, of nobody's name."""

from django.urls import path

from imparts.administration.views import (
    bookings,
    checklist,
    clinics,
    myself,
    services,
    staff,
    tablets,
)

app_name = "administration"
urlpatterns = [
    path("set-up/", checklist.checklist, name="checklist"),
    path("set-up/staff/", staff.staff_list, name="staff"),
    path("set-up/staff/add/", staff.join, name="join"),
    path("set-up/staff/add/known/", staff.join_known, name="join_known"),
    path("set-up/staff/<int:staff_id>/", staff.colleague, name="colleague"),
    path("set-up/staff/<int:staff_id>/role/", staff.give_role, name="give_role"),
    path("set-up/staff/<int:staff_id>/reach/", staff.reach, name="reach"),
    path("set-up/staff/<int:staff_id>/code/", staff.new_code, name="new_code"),
    path("set-up/staff/<int:staff_id>/leave/", staff.leave, name="leave"),
    path("set-up/staff/<int:staff_id>/back/", staff.come_back, name="come_back"),
    path("set-up/roles/<int:membership_id>/end/", staff.end_role, name="end_role"),
    path("set-up/services/", services.service_list, name="services"),
    path("set-up/services/<int:service_id>/", services.one_service, name="service"),
    path("set-up/services/<int:service_id>/close/", services.close, name="close"),
    path("set-up/services/<int:service_id>/open/", services.reopen, name="reopen"),
    path("set-up/tablets/", tablets.tablet_list, name="tablets"),
    path("set-up/tablets/<int:tablet_id>/", tablets.one_tablet, name="tablet"),
    path("set-up/tablets/<int:tablet_id>/withdraw/", tablets.withdraw, name="withdraw"),
    path("set-up/this-tablet/", tablets.this_tablet, name="this_tablet"),
    path("set-up/clinics/", clinics.clinic_list, name="clinics"),
    path("set-up/clinics/<int:session_id>/", clinics.one_clinic, name="clinic"),
    path("set-up/clinics/<int:session_id>/remove/", clinics.remove, name="remove_clinic"),
    path("set-up/clinics/<int:session_id>/test/", clinics.add_test_patient, name="test_patient"),
    path("bookings/", bookings.booking_list, name="bookings"),
    path("bookings/<int:session_id>/", bookings.booking, name="booking"),
    path("bookings/<uuid:appointment_id>/off/", bookings.take_off, name="take_off"),
    path("me/", myself.my_page, name="me"),
    path("me/pin/", myself.new_pin, name="new_pin"),
    path("me/reach/", myself.my_reach, name="my_reach"),
]
