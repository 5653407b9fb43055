"""Day: today's clinics, made by the product's own actions, and a clock that can play them.

Owns:           nothing
Start reading:  cast.py says what named patients do today; today.py makes the lists
Asks:           clinics, questionnaires, pathways: the same actions as the pages
Asked by:       demo.fill, commands (`imparts demo`, `imparts demo --play`)
Safety:         alerts, messages and audit entries of today are made as in live running
"""
