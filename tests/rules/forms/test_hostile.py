"""Files made to do harm: refused with a sentence, or shown as the plain text that they are."""

import json

import pytest

from imparts.rules.content import ContentRefused
from imparts.rules.forms.filling import fill
from imparts.rules.forms.reader import read_form
from imparts.rules.forms.response import response_of
from tests.rules.forms.published import (
    FHIR,
    SDC,
    calculated,
    expression,
    form_of,
    question,
    read,
    variable,
)


def _nested(depth: int) -> dict[str, object]:
    item: dict[str, object] = question("deep")
    for number in range(depth):
        item = question(f"g{number}", "group", item=[item])
    return form_of(item=[item])


def _when(link_id: str, on: str) -> dict[str, object]:
    condition = {"question": on, "operator": "=", "answerString": "a"}
    return question(link_id, enableWhen=[condition])


REFUSED = [
    ("", "empty"),
    ("   ", "empty"),
    ("questionnaire", "not JSON"),
    ('{"resourceType": ', "not JSON"),
    ("<Questionnaire/>", "XML"),
    ("[]", "begin with {"),
    ("null", "begin with {"),
    ('{"a": 1, "a": 2}', "twice"),
    ('{"a": NaN}', "NaN"),
    ('{"a": ' + "9" * 5000 + "}", "too large"),
    ('{"a": 1e99999}', "digits"),
    ("[" * 10_000, "deep"),
    ('{"a":' * 10_000 + "1" + "}" * 10_000, "deep"),
    ("\x00", "not JSON"),
    ('{"a": "\x00"}', "not JSON"),
    ({"resourceType": "Patient"}, "a Patient"),
    ({"resourceType": ["Questionnaire"]}, "no FHIR resource"),
    ({"resourceType": "Bundle"}, "0 questionnaires"),
    ({"resourceType": "Bundle", "entry": [{"resource": form_of()}] * 2}, "2 questionnaires"),
    (form_of(item=[]), "no items"),
    (form_of(item="many"), "no items"),
    (form_of(item=[question("d", "display")]), "no question"),
    (form_of(item=[question("g", "group", item=[])]), "no question"),
    (form_of(modifierExtension=[{"url": "x"}]), "modifierExtension"),
    (form_of(implicitRules="http://example.org/rules"), "implicitRules"),
    (form_of(item=[question("q", modifierExtension=[{"url": "x"}])]), "modifierExtension"),
    (form_of(item=[question("q", text="x" * 1_000_000)]), "1,000,000 characters"),
    (form_of(item=[question(f"q{n}") for n in range(5001)]), "5,000 items"),
    (form_of(description="x" * 10_000_001), "10,000,000"),
    (_nested(31), "30 deep"),
    (_nested(150), "deep"),
    (form_of(item=[_when("a", "b"), _when("b", "a")]), "a rests on b rests on a"),
    (form_of(item=[_when("a", "a")]), "a rests on a"),
    (
        form_of(item=[
            question("x"),
            question("a", "integer", extension=[calculated("%resource.item.where(linkId='b')")]),
            question("b", "integer", extension=[calculated("%resource.item.where(linkId='a')")]),
        ]),
        "loop",
    ),
    (
        form_of(item=[
            question("x"),
            question("t", "integer", extension=[
                variable("a", "%b + 1"), variable("b", "%a + 1"), calculated("%a")]),
        ]),
        "variable",
    ),
    (
        form_of(item=[
            question("g", "group", enableWhen=[
                {"question": "q", "operator": "exists", "answerBoolean": True}],
                item=[question("q")]),
        ]),
        "loop",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("held", "said"), REFUSED)
def test_a_file_that_cannot_be_a_form_is_refused_with_a_reason(held: object, said: str) -> None:
    with pytest.raises(ContentRefused, match=said):
        read_form(held if isinstance(held, str) else json.dumps(held))


def test_markup_in_texts_stays_the_plain_text_that_it_is() -> None:
    attack = "<script>alert(1)</script> <b>bold</b> &amp; {{ 7 * 7 }}"
    form, report = read(form_of(title=attack, item=[question("q", text=attack)]))
    assert form.title == attack
    assert form.by_id["q"].text == attack
    assert response_of(form, {"q": ("a",)})["item"][0]["text"] == attack
    assert report.warnings == ()


def test_a_text_with_markup_of_its_own_is_named_as_not_shown() -> None:
    beside = {
        "extension": [{"url": FHIR + "rendering-xhtml", "valueString": "<b>Text</b>"}],
    }
    _, report = read(form_of(item=[question("q", _text=beside)]))
    assert [(line.link_id, line.what) for line in report.not_honoured] == [
        ("q", FHIR + "rendering-xhtml")
    ]


def test_a_drawing_of_a_whole_page_does_not_make_a_file_too_long() -> None:
    form, _ = read(form_of(text={"status": "generated", "div": "<div>" + "x" * 200_000}))
    assert form.title == "Small"


@pytest.mark.parametrize(
    "text",
    [
        "%resource.descendants().select(%resource.descendants().select(%resource.descendants()))",
        "(1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10).aggregate($total & $total & $total, 'aaaaaaa')",
        "(1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10).aggregate($total * $total, 99)",
        "%resource.repeat(item | item | %resource.item).select(%resource.descendants())",
        "2.power(99999)",
        "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'.matches('^(a+)+$')",
        "(" * 60 + "1" + ")" * 60,
    ],
)
def test_an_expression_made_to_run_away_is_stopped(text: str) -> None:
    items = [question(f"q{n}") for n in range(60)]
    total = question("t", "string", extension=[calculated(text)])
    form, _ = read(form_of(item=[*items, total]))
    filled = fill(form, {f"q{n}": ("a",) for n in range(60)})
    assert "t" not in filled.calculated or len(str(filled.calculated["t"])) < 1000


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1 +", "understood"),
        ("1 + 2 garbage", "understood"),
        ("foo()", "foo"),
        ("'a'.replaceMatches('a', 'b')", "replaceMatches"),
        ("", "empty"),
        ("x" * 20_001, "longer"),
        ("(" * 3000 + "1" + ")" * 3000, "deep"),
        ("%secret", "%secret"),
        ("%patient.resolve()", "resolve"),
    ],
)
def test_an_expression_that_is_not_understood_is_named_and_not_guessed(
    text: str, said: str
) -> None:
    total = question("t", "integer", extension=[calculated(text)])
    form, report = read(form_of(item=[question("q"), total]))
    assert form.by_id["t"].calculated is None
    assert any(line.link_id == "t" and said in line.sentence for line in report.not_honoured)


def test_trace_writes_nothing_anywhere(capsys: pytest.CaptureFixture[str]) -> None:
    traced = calculated("%resource.item.where(linkId='q').answer.value.trace('name')")
    form, _ = read(form_of(item=[question("q"), question("t", extension=[traced])]))
    assert fill(form, {"q": ("secret",)}).calculated == {"t": ("secret",)}
    assert capsys.readouterr() == ("", "")


def test_the_clock_is_not_read() -> None:
    today = expression(SDC + "calculatedExpression", "today()")
    form, _ = read(form_of(item=[question("q"), question("t", "date", extension=[today])]))
    assert fill(form, {}).calculated == {}


def test_a_chain_of_variables_that_doubles_at_each_step_ends() -> None:
    steps = [variable("v0", "1")]
    steps += [variable(f"v{n}", f"%v{n - 1} + %v{n - 1}") for n in range(1, 300)]
    total = question("t", "decimal", extension=[*steps, calculated("%v60 - %v60")])
    form, _ = read(form_of(item=[question("q"), total]))
    assert fill(form, {}).calculated == {"t": (0,)}
