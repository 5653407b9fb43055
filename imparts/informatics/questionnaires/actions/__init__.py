"""All writing of the questionnaires room: handing over, answering, sending.

hand_overs.py starts and ends a tablet in a patient's hands; answering.py stores each answer when it
is given and raises its alert; sending.py stores everything that follows from the whole, together.
"""
