"""What stands in an instrument's file and is not printed in its passport, each with the reason.

A test goes through every field of every shape of an instrument: a change of the field must change
the passport, or the field must stand here.
"""

NOT_FOR_READERS = {
    ("Instrument", "by_id"): "worked out from the questions, which are all shown",
}
