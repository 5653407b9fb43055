"""Waiting times of one service: each option, how long, as of when, by whom; and entering them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from imparts.pathways.forms.waits import WaitsForm
from imparts.pathways.queries import Wait
from imparts.rules.pathways.options import Option
from imparts.workspace.choices import Choice

PER = ("weeks", "days")


@dataclass(frozen=True, slots=True)
class WaitRow:
    """One option: what is known of its wait, and what is typed beside it."""

    code: str
    name: str
    wait: str
    dated: str
    is_stale: bool
    entered: str
    typed: str
    unit: str
    wrong: str


@dataclass(frozen=True, slots=True)
class WaitsPage:
    """All options of one service."""

    title: str
    service: int
    service_name: str
    others: tuple[Choice, ...]
    rows: tuple[WaitRow, ...]
    as_of: str
    today: str
    wrong: tuple[str, ...]
    status: int
    units: tuple[str, ...] = PER

    @classmethod
    def of(
        cls,
        service: tuple[int, str],
        *,
        others: Sequence[Choice],
        options: Mapping[str, Option],
        waits: Mapping[str, Wait],
        called: Callable[[str], str],
        form: WaitsForm | None,
        today: date,
    ) -> "WaitsPage":
        """What was typed and refused stands there again, each line with what is wrong."""
        return cls(
            title="Waiting times",
            service=service[0],
            service_name=service[1],
            others=tuple(others),
            rows=tuple(
                _row(code, option, waits.get(code), called, form)
                for code, option in options.items()
            ),
            as_of=str(form.data.get("as_of", "")) if form else today.isoformat(),
            today=today.isoformat(),
            wrong=_wrong(form),
            status=422 if form else 200,
        )


def _row(
    code: str,
    option: Option,
    wait: Wait | None,
    called: Callable[[str], str],
    form: WaitsForm | None,
) -> WaitRow:
    how = "measured" if wait and wait.is_measured else "entered"
    return WaitRow(
        code=code,
        name=option.name,
        wait=wait.long if wait else "not entered",
        dated=wait.dated if wait else "",
        is_stale=bool(wait and wait.is_stale),
        entered=f"{how} by {called(wait.by)}" if wait else "",
        typed=str(form.data.get(code, "")) if form else "",
        unit=str(form.data.get(f"{code}_unit", PER[0])) if form else PER[0],
        wrong=str(form.errors[code][0]) if form and code in form.errors else "",
    )


def _wrong(form: WaitsForm | None) -> tuple[str, ...]:
    """What is wrong with the day, or with all of it."""
    if form is None:
        return ()
    return tuple(str(said) for key in ("as_of", "__all__") for said in form.errors.get(key, ()))
