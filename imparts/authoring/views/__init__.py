"""Views: the library, passports, and a pack's way from draft to start.

library.py      every instrument; passport.py shows one whole
packs.py        every service's pack, a new one, a copy
composing.py    a draft; conditions.py says when an instrument of it is asked
previewing.py   the tablet's own pages with nobody behind them; walking.py keeps the answers
versions.py     one version: what it says, what is new; signing.py signs it or many
starting.py     from which day, where, and what was used before
importing.py    a questionnaire or a wording brought in, and its questions about harm
"""
