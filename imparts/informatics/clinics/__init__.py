"""Clinics: today's list; who is expected, has arrived, is in a room, has left or did not come.

Owns:           ClinicSession, Appointment, AppointmentMove, Stay, StayMove
Start reading:  models.py, then actions.check_in
Asks:           pathways (who must wait), people, organisations, access, audit, live,
                rules.stays, postgres
Asked by:       informatics.questionnaires, workspace, gateway, demo
Safety:         hazards H1 (an answer that needs a conversation goes unseen), H2 (wrong patient)
"""
