"""Which signatures a change of a pathway needs, and why; who may give them is decided elsewhere.

Nobody stands for their own work (hazard H7): the clinical lead hands it in, each partner signs for
what the partner gives, the clinical safety officer when the change could let somebody go unseen,
and a second clinician, last of all, says from which day it holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from imparts.rules.instruments.definition import Instrument
from imparts.rules.pathways.definition import Pathway
from imparts.rules.pathways.differences import needs_safety_officer
from imparts.rules.pathways.in_rows import options_changed

LEAD, SAFETY, SECOND, PARTNER = "lead", "safety", "second", "partner:"
# Who runs an option and signs in here: from the option's code to the role. An option that nobody
# here stands for, such as a service of another trust, has no signature; its page says so.
PARTNERS: Mapping[str, str] = {
    "liaison_psychiatry": "liaison",
    "team_psychologist": "psychologist",
    "gp": "gp",
}


@dataclass(frozen=True, slots=True)
class Needed:
    """One signature: which, and why it is asked for."""

    part: str  # lead, safety, second, or partner: and a role
    why: str
    options: tuple[str, ...] = ()

    @property
    def partner_role(self) -> str:
        """The role of the partner whose signature this is; empty for others."""
        return self.part.removeprefix(PARTNER) if self.part.startswith(PARTNER) else ""


def signatures_needed(
    live: Pathway, draft: Pathway, known: Mapping[str, Instrument]
) -> tuple[Needed, ...]:
    """The signatures in the order in which a page lists them; the second clinician signs last."""
    by_role: dict[str, tuple[str, ...]] = {}
    for option in options_changed(live, draft, known):
        if (role := PARTNERS.get(option)) is not None:
            by_role[role] = (*by_role.get(role, ()), option)
    why = needs_safety_officer(live, draft)
    return (
        Needed(LEAD, "hands the change in"),
        *(Needed(PARTNER + role, "own step", options) for role, options in by_role.items()),
        *((Needed(SAFETY, why),) if why else ()),
        Needed(SECOND, "neither wrote nor changed it"),
    )


def options_without_partner(
    live: Pathway, draft: Pathway, known: Mapping[str, Instrument]
) -> tuple[str, ...]:
    """Options that change and for which nobody signs in here."""
    return tuple(one for one in options_changed(live, draft, known) if one not in PARTNERS)
