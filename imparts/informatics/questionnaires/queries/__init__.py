"""All reading of the questionnaires room: the sitting on a tablet, and a clinic day's progress."""
