"""Day: today's clinics, and a clock that can play them.

Owns:           nothing
Start reading:  cast.py says what named patients do today; today.py makes the lists
Asks:           clinics, questionnaires, pathways: the same actions as the pages
Asked by:       demo.fill, commands (`imparts demo`, `imparts demo --play`)
Safety:         answers, alerts and messages of today are made by the pages' own actions
"""
