"""Clinics: today's list; who is expected, has arrived, is in a room, has left or did not come.

Owns:           ClinicSession, Appointment, AppointmentMove
Start reading:  models.py, then actions.check_in
Asks:           people, organisations, access, audit, live, postgres
Asked by:       informatics.questionnaires, workspace, gateway, demo
Safety:         hazard H2 (wrong patient)
"""
