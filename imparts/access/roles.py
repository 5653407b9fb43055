"""The roles in one table: name, plain description, and what each may do."""

from dataclasses import dataclass
from enum import StrEnum


class May(StrEnum):
    """One thing that a role may be allowed to do; the value is the words shown when it may not."""

    SEE_CLINIC_LIST = "see the clinic list"
    CHECK_IN = "check patients in"
    HAND_OVER_TABLET = "hand a tablet to a patient"
    BIND_TABLET = "turn a device into a clinic's tablet"
    SEE_RESULTS = "see patients' results"
    SEE_PATIENTS = "look up patients"
    ACT_ON_ALERTS = "take alerts and record what was done"
    SEE_LEDGER = "see the ledger of alerts"
    PROVE_ALERTS = "take the proof of what happened to alerts"
    SEE_COVER = "see who answers for alerts"
    ARRANGE_COVER = "say who answers for alerts, and by which clocks"
    DECIDE_STEPS = "accept or put off suggested steps"
    ENTER_WAITS = "see and enter waiting times"
    SEE_AUDIT = "see who looked at patients' records"
    SEE_CONNECTIONS = "see the connections to the hospital record"
    SET_UP = "set up services and staff"
    SEE_LIBRARY = "look things up in the library of questionnaires"
    COMPOSE = "compose questionnaire packs"
    CONFIRM_HARM = "confirm which questions ask about harm"
    SIGN_CONTENT = "sign questionnaires and pathways for local use"
    START_CONTENT = "choose from which day a service uses a pack or pathway"
    COMMENT_PATHWAYS = "read pathways and comment on drafts of them"
    EDIT_PATHWAYS = "change a service's pathways"


@dataclass(frozen=True, slots=True)
class Role:
    """One role, explained in a sentence that a new member of staff can check."""

    code: str
    name: str
    explains: str
    may: frozenset[May]


_CLINICAL = frozenset(
    {
        May.SEE_CLINIC_LIST, May.CHECK_IN, May.HAND_OVER_TABLET, May.SEE_RESULTS,
        May.SEE_PATIENTS, May.ACT_ON_ALERTS, May.DECIDE_STEPS, May.SEE_LIBRARY, May.COMPOSE,
        May.CONFIRM_HARM, May.BIND_TABLET, May.COMMENT_PATHWAYS, May.SEE_LEDGER, May.SEE_COVER,
        May.ENTER_WAITS,
    }
)  # fmt: skip
_DESK = frozenset(
    {
        May.SEE_CLINIC_LIST, May.CHECK_IN, May.HAND_OVER_TABLET, May.BIND_TABLET, May.SEE_LIBRARY,
        May.SEE_COVER,
    }
)  # fmt: skip
_SPECIALIST = _CLINICAL - {May.CHECK_IN, May.HAND_OVER_TABLET, May.BIND_TABLET}
# Whoever knows a clinic may put a pack together, for nobody is asked it before a second person, a
# clinician, has signed it. When it starts is decided by those who answer for the service.
_SETS_UP = frozenset({May.COMPOSE, May.START_CONTENT, May.SEE_COVER, May.ARRANGE_COVER})
# The library holds no patient. Wordings in it may be licensed to this site alone, so those who work
# for other organisations (a practice, a commissioner) do not look things up here.
_LIBRARY = frozenset({May.SEE_LIBRARY})
_NONE: frozenset[May] = frozenset()

ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        Role(
            "receptionist",
            "Receptionist",
            "Checks patients in and hands over the tablet. Sees no answers, scores or alerts.",
            _DESK,
        ),
        Role(
            "nurse",
            "Clinic nurse",
            "Sees results of the service's patients, takes alerts, helps with the tablet.",
            _CLINICAL,
        ),
        Role(
            "consultant",
            "Consultant",
            "Sees results of the service's patients, takes alerts, decides on next steps.",
            _CLINICAL | {May.SIGN_CONTENT, May.START_CONTENT, May.EDIT_PATHWAYS, May.ARRANGE_COVER},
        ),
        Role(
            "liaison",
            "Liaison psychiatry",
            "Sees results and alerts of the services that liaison works with.",
            _SPECIALIST | {May.SIGN_CONTENT},
        ),
        Role(
            "psychologist",
            "Psychologist",
            "Sees results of the services that the psychologist works with.",
            _SPECIALIST,
        ),
        Role(
            "coordinator",
            "Care co-ordinator",
            "Will plan meetings and shared plans; sees no results until that part exists.",
            _LIBRARY,
        ),
        Role(
            "gp",
            "General practitioner",
            "Will receive letters and shared plans; sees no results until that part exists.",
            frozenset({May.COMMENT_PATHWAYS}),
        ),
        Role(
            "manager",
            "Service manager",
            "Sees who was offered a questionnaire and who answered, not what was answered.",
            _LIBRARY | _SETS_UP | {May.SEE_CLINIC_LIST, May.ENTER_WAITS},
        ),
        Role(
            "commissioner",
            "Commissioner",
            "Will see counts and rates with small numbers hidden; never a person.",
            _NONE,
        ),
        Role(
            "trainer",
            "Trainer",
            "Will look after training; sees no patients.",
            _LIBRARY,
        ),
        Role(
            "researcher",
            "Researcher",
            "Will ask for counts and extracts; never sees a person here.",
            _LIBRARY,
        ),
        Role(
            "governance",
            "Research governance",
            "Will review research requests; sees no patients.",
            _LIBRARY,
        ),
        Role(
            "integrator",
            "Trust IT",
            "Looks after the connection to the hospital record; sees no patients.",
            _LIBRARY | {May.SEE_CONNECTIONS},
        ),
        Role(
            "admin",
            "Administrator",
            "Sets up services and staff; sees no patients.",
            _LIBRARY | _SETS_UP | {May.SET_UP, May.BIND_TABLET},
        ),
        Role(
            "privacy",
            "Information governance",
            "Will answer who saw what; sees no results.",
            _LIBRARY | {May.SEE_AUDIT},
        ),
        Role(
            "safety",
            "Clinical safety officer",
            "Looks after hazards, signed rules and the ledger of alerts; sees no patients.",
            _LIBRARY
            | {May.SIGN_CONTENT, May.CONFIRM_HARM, May.COMMENT_PATHWAYS, May.SEE_LEDGER}
            | {May.PROVE_ALERTS, May.SEE_COVER},
        ),
        Role(
            "patient_rep",
            "Patient representative",
            "Reads a service's pathways and comments on changes before they go live; sees no "
            "patients.",
            _LIBRARY | {May.COMMENT_PATHWAYS},
        ),
    )
}

# A machine asks through the FHIR server. It is nobody's role: it stands apart, so that no page
# offers it, no membership can hold it and no list of roles for staff has it in. What a machine may
# do is narrowed again by its scopes, and it asks at the services that trust IT gave it only.
MACHINE = Role(
    "machine",
    "Machine",
    "A program that asks through the FHIR server, at the services that it was given.",
    frozenset({May.SEE_CLINIC_LIST, May.SEE_PATIENTS, May.SEE_RESULTS, May.SEE_AUDIT}),
)
_EVERY = ROLES | {MACHINE.code: MACHINE}


def allowed_to(code: str) -> frozenset[May]:
    """What a role may do: one of staff, or the machine's."""
    return _EVERY[code].may
