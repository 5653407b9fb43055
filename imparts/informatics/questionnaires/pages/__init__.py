"""Pages: what each tablet page may show, every word decided before a template is reached.

Owns:           nothing
Start reading:  frame.py, then question.py
Asks:           rules.instruments, rules.packs
Asked by:       views
Safety:         hazards H2 (another person's tablet) and H6 (a page is misread)
"""
