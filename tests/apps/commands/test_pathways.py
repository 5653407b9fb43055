"""`imparts pathways`: files checked with the line, and a file run beside what is live (H7)."""

from datetime import timedelta
from pathlib import Path

import pytest

from imparts.__main__ import main
from imparts.commands import pathways_simulate
from imparts.commands.exit_codes import DONE, SOME_REFUSED, WRONG_USE, UsedWrongly
from imparts.library.queries import pathways_in_force
from imparts.rules.pathways.draft import with_threshold
from imparts.rules.pathways.writing import to_toml
from tests.builders import TODAY, a_patient, a_sent_sitting, a_service
from tests.rules.invented_pathways import INVENTED, MOOD, TEXTS, threshold

SEVENTEEN = {f"q{number}": 3 for number in range(1, 6)} | {"q6": 2, "q9": 0}
ON = TODAY + timedelta(days=1)
A_YEAR = timedelta(days=365)


def a_file(folder: Path, text: str) -> Path:
    path = folder / "pathway.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_shipped_file_is_good(capsys) -> None:
    assert main(["pathways", "check"]) == DONE
    said = capsys.readouterr().out
    assert said.endswith("5 pathways: all good\n")
    assert "options" not in said


def test_every_mistake_is_named_with_its_line_and_the_code_is_one(tmp_path, capsys) -> None:
    text = INVENTED.replace("score_from = 15", "score_from = 99").replace(
        '["team_psychologist"]', '["wizard"]'
    )
    path = a_file(tmp_path, text)
    assert main(["pathways", "check", str(path)]) == SOME_REFUSED
    first, second, last = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{path}:13: invented: level high, trigger 1: 99 is not a score")
    assert "level high, step refer: wizard is not an option" in second
    assert last == "0 pathways good; 1 refused"


@pytest.mark.parametrize(
    ("text", "said"),
    [(b"\xff", "it is not text in UTF-8"), (b"id = ", "not valid TOML"), (b"", "id is missing")],
)
def test_a_file_that_is_none_is_said_to_be_none(tmp_path, capsys, text: bytes, said: str) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(text)
    assert main(["pathways", "check", str(path), str(tmp_path / "gone.toml")]) == SOME_REFUSED
    out = capsys.readouterr().out
    assert said in out and "gone.toml: it cannot be read" in out


def test_help_shows_an_example_and_wrong_use_is_two(capsys) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["pathways", "--help"])
    assert stopped.value.code == DONE
    assert "imparts pathways simulate mood.toml --service" in capsys.readouterr().out
    assert main(["pathways", "simulate", "x.toml", "--months", "0"]) == WRONG_USE
    assert "--months runs from 1 to 60." in capsys.readouterr().err


@pytest.fixture
def service(db, settings):
    """A service that has asked two people, one of them with low mood of 17."""
    settings.IMPARTS_DEMO = True
    made = a_service()
    a_sent_sitting(made, patient=a_patient(), phq9=SEVENTEEN)
    a_sent_sitting(made, patient=a_patient())
    return made


def test_a_run_is_printed_in_the_words_of_the_page(service) -> None:
    draft = with_threshold(MOOD, "severe", 1, threshold(15))
    live = next(one for one in pathways_in_force(service.pk, on=TODAY) if one.id == draft.id)
    said = "\n".join(pathways_simulate.lines(service, live, draft, ON, A_YEAR))
    assert "Liaison psychiatry (today) from 15 instead of from 20" in said
    assert "responses of 2 people" in said
    assert "Fewer than 50 people answered in this time." in said
    assert "Item 9 conversations" in said and "unchanged" in said
    assert "Of the 1 more sent to liaison psychiatry, none is already known to it." in said


def test_each_service_that_follows_it_is_meant_unless_one_is_named(service) -> None:
    followed = list(pathways_simulate.followed(MOOD.id, None, TODAY))
    assert [one.pk for one, _ in followed] == [service.pk]
    assert list(pathways_simulate.followed(MOOD.id, service.code, TODAY)) == followed


def test_a_service_or_a_pathway_that_is_not_there_is_wrong_use(service) -> None:
    with pytest.raises(UsedWrongly, match=f"no service nowhere here. There are: {service.code}"):
        list(pathways_simulate.followed(MOOD.id, "nowhere", TODAY))
    with pytest.raises(UsedWrongly, match="No service here follows a pathway called waltz"):
        list(pathways_simulate.followed("waltz", None, TODAY))


def test_a_file_that_the_library_would_refuse_is_not_run(service, tmp_path, capsys) -> None:
    text = TEXTS["pain"].replace('["pain_guide"]', '["wizard"]')
    assert pathways_simulate.draft_in(a_file(tmp_path, text), text) is None
    assert "wizard is not an option" in capsys.readouterr().out
    good = to_toml(MOOD)
    assert pathways_simulate.draft_in(a_file(tmp_path, good), good) == MOOD
