"""An invented clinic's pack: the core that every pack has, and after it what a test wants asked."""

_PACK = """
id = "{of}_clinic"
name = "{name} clinic"
version = "1"
kind = "outpatient"
illness_words = "{of} trouble"
asks_who_helps = true
minutes = 4
authored_by = "Invented"
checked_by = "not yet checked by a clinician"
reviewed_on = 2026-11-17
next_review = 2027-11-17
sources = ["Invented, from general knowledge."]
parts = [
    {{ name = "Mood", asks = [{{ instrument = "phq9" }}] }},
    {{ name = "Worry", asks = [{{ instrument = "gad7" }}] }},
    {{ name = "Smoking", asks = [{{ instrument = "smoking_core" }}] }},
{more}]
"""


def a_pack(of: str, **parts: str) -> str:
    """A pack's file: mood, worry and smoking, then each part with what `asks` says that it asks."""
    more = (f'    {{ name = "{name}", asks = [{asked}] }},\n' for name, asked in parts.items())
    return _PACK.format(of=of, name=of.capitalize(), more="".join(more))


def asks(instrument: str, more: str = "") -> str:
    """One instrument of a part, by its key; `more` says when or how often."""
    return f'{{ instrument = "{instrument}"{more} }}'
