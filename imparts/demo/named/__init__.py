"""Named: story patients for training and pictures, and people who make life hard for programs.

Owns:           nothing: plain values that fill.py has stored
Start reading:  ../story.py says each story in one sentence; then scripts.py
Asks:           demo.past (a scripted answer is scored like any other)
Asked by:       demo.fill, demo.day
Safety:         everyone is invented; their ids never change, whatever the seed

edge_cases.py plants what real registers hold: merged records, twins, a name of more than sixty
letters, someone under 18 in a clinic for adults, answers in the night when the clocks change.
"""
