"""All reading of the questionnaires room: the sitting on a tablet, and how a clinic day is going."""
