"""Cautions: what a reader of a result must know about its codes and numbers, on whatever wire."""

OWN_WORDS = "Questions are worded as the patient read them; a code's own text can differ."
IN_UK_UNITS = "Alcohol was asked about in UK units (8 g), not in standard drinks."
FORMULA_NOT_CHECKED = "Worked out by the formula of the form's author; not checked by imparts."


def is_asked_in_uk_units(instrument_id: str) -> bool:
    """Whether LOINC's items speak of standard drinks where ours ask in units."""
    return instrument_id in ("audit", "auditc")
