"""Access: staff, their roles at services, and what each role may do.

Owns:           Staff, Membership, SignInCode, Tablet
Start reading:  roles.py, then pages_for_staff.py
Asks:           organisations, audit
Asked by:       every app with pages
Safety:         hazards H2 (wrong patient), H3 (a tablet shows one patient to another) and H8
                (someone sees what they may not)

A role is held at a service between two days; what it may do is one table in roles.py. Which
patients someone may see is decided by people.queries alone, from care relationships.
"""
