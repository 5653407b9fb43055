"""Administration: what a site needs before its first patient: staff, services, tablets, clinics.

Owns:           nothing
Start reading:  queries/standing.py, pages/checklist.py, then views/checklist.py
Asks:           access, organisations, people, library, informatics, pathways (cover), audit,
                design, rules
Asked by:       config (addresses); workspace links to the bookings
Safety:         hazards H2 (one person with two records), H3 (which browser is a tablet) and H8
                (who may see what)

The first page says what is still to be done, worked out from what is there and never ticked by
hand. An administrator sees no patient: people are booked by those who check them in.
"""
