"""The frozen shapes of one pathway, and of what it recommends for one visit.

Nothing here decides anything: reader.py makes these shapes from a file, checks.py refuses what can
never be met, recommend.py follows them and draft.py changes them, each time into a new pathway.
"""

from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

KINDS = ("talk", "refer", "self_help", "advise", "repeat", "review")
"""What a step is: a conversation, a referral, a guide, brief advice, asking again, a review."""

WORSE, BETTER = "worse", "better"
DONE = "done"


@dataclass(frozen=True, slots=True)
class Repeated:
    """The same was met at several visits, this one among them, within some days."""

    times: int
    within_days: int


@dataclass(frozen=True, slots=True)
class Trigger:
    """What leads to a level: a score from or up to a value, a flag, a band or a change; its words.

    Up to a value is for instruments of which a lower score is worse. A change counts only beyond
    the reliable change of the instrument, and from the last complete score before this visit.
    """

    instrument: str
    because: str
    score_from: Decimal | None = None
    flag: str | None = None
    band: str | None = None
    score_up_to: Decimal | None = None
    change: str | None = None  # WORSE or BETTER, each beyond chance
    repeated: Repeated | None = None

    @property
    def threshold(self) -> Decimal | None:
        """The score from which, or up to which, it is met; None for a flag, a band or a change."""
        return self.score_from if self.score_from is not None else self.score_up_to

    def at(self, threshold: Decimal) -> "Trigger":
        """The same with another threshold, at the same end of the scale."""
        if self.score_from is not None:
            return replace(self, score_from=threshold)
        return replace(self, score_up_to=threshold)


@dataclass(frozen=True, slots=True)
class OnlyWhen:
    """For whom a level is: every line that is said must hold; what is not said does not matter."""

    age_from: int | None = None
    age_up_to: int | None = None
    services: tuple[str, ...] = ()  # codes of services; any of them
    pregnant: bool | None = None
    in_treatment: tuple[str, ...] = ()  # options; in treatment with any of them
    not_in_treatment: tuple[str, ...] = ()  # options; in treatment with none of them
    after_step: str | None = None  # a step of this pathway that was done at an earlier visit


@dataclass(frozen=True, slots=True)
class Continued:
    """What a step says to someone who is in treatment with what it offers; it refers nobody anew.

    "{option}" in verb_first becomes the name of the option.
    """

    verb_first: str
    text: str


@dataclass(frozen=True, slots=True)
class RecordField:
    """Something that is recorded when a step is done: its code, its label, what may be chosen."""

    code: str
    label: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do."""

    id: str
    order: int
    verb_first: str  # stands in bold: "Talk today"
    text: str  # goes on in the same sentence: " about mood: function, how long, ..."
    offer: str
    within: str
    responsible: str
    source: str
    kind: str = "talk"  # one of KINDS; a file older than kinds says none, and a person talks
    options: tuple[str, ...] = ()  # codes of options.toml; people are counted under the first
    answer_before_end: bool = False  # undecided, it stands on the end-of-session list
    opt_out: bool = False  # a referral that stands unless the person says no
    training: str = ""  # the code of an option of the kind training: where staff learn this step
    asks: tuple[str, ...] = ()  # instruments that a step of the kind repeat has asked
    fields: tuple[RecordField, ...] = ()
    continued: Continued | None = None

    @property
    def is_safety(self) -> bool:
        """A conversation, or what must be answered before the session ends.

        Nothing that is unknown of a person takes it away.
        """
        return self.kind == "talk" or self.answer_before_end


@dataclass(frozen=True, slots=True)
class Level:
    """What is done when any of its triggers is met and none of a level above it.

    A level without steps says that nothing follows, and keeps the levels below it from following.
    """

    code: str
    triggers: tuple[Trigger, ...]
    steps: tuple[Step, ...]
    only_when: OnlyWhen | None = None


@dataclass(frozen=True, slots=True)
class Pathway:
    """What follows from the scores of one visit; its levels run from the highest down."""

    id: str
    title: str
    version: str
    levels: tuple[Level, ...]
    authored_by: str
    checked_by: str
    reviewed_on: date
    next_review: date
    sources: tuple[str, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every step of every level."""
        return tuple(step for level in self.levels for step in level.steps)

    @property
    def looks_back_on(self) -> frozenset[str]:
        """The instruments of which scores before this visit count, for change or repetition."""
        return frozenset(
            one.instrument
            for level in self.levels
            for one in level.triggers
            if one.change or one.repeated
        )

    @property
    def looks_at_steps(self) -> bool:
        """Whether a level is for those for whom a step was done at an earlier visit."""
        return any(level.only_when and level.only_when.after_step for level in self.levels)

    def level(self, code: str) -> Level | None:
        """The level with this code."""
        return next((level for level in self.levels if level.code == code), None)

    def step(self, step_id: str) -> Step | None:
        """The step with this id."""
        return next((step for step in self.steps if step.id == step_id), None)


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One step for one visit, with its reason; a clinician decides.

    `options` are what the step offers; in treatment with one of them, `kind` is review, `options`
    are those, and the words are the file's for it (Continued).
    """

    step_id: str
    verb_first: str
    text: str
    reason: str
    offer: str
    within: str
    responsible: str
    source: str
    pathway_id: str
    pathway_version: str
    order: int
    kind: str = "talk"
    options: tuple[str, ...] = ()
    answer_before_end: bool = False
    opt_out: bool = False
    training: str = ""
    asks: tuple[str, ...] = ()
    fields: tuple[RecordField, ...] = ()
    level: str = ""

    def as_json(self) -> dict[str, Any]:
        """As it is stored with the visit; entries from before a key came do not have it."""
        return asdict(self)
