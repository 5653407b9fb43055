"""Views: the checklist, staff, services, tablets, clinics, bookings, one's own page."""
