"""Design: the look. How a page is built, and which component to reach for.

Owns:           nothing
Start reading:  jinja_environment.py, then templates/design/frame_staff.jinja
Asks:           rules
Asked by:       every app with pages
Safety:         hazards H2 (a score is read as another person's) and H6 (a page is misread)
"""
