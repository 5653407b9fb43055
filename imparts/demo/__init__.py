"""Demo: an invented trust, so that anyone can try everything in a minute.

Owns:           nothing: what it makes is stored by the apps that own it
Start reading:  story.py (who lives here), fill.py (how they come to be), clinic_day.py (the clock)
Asks:           every app below: bulk loading for the past, the pages' own actions for today
Asked by:       commands (`imparts demo`), benchmarks, journeys
Safety:         only invented people, NHS numbers of the 999 test range, and never in production

places/ are the organisations, services and staff; crowd/ the invented people; past/ two years of
their visits and answers; named/ the story patients and edge cases; day/ what happens today.
"""
