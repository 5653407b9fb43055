"""Quiet logs: no name, number or answer of a patient reaches a log, an exception or an address."""

import ast
import re

from tests.house.reading import File, dotted, files, nothing_wrong, program, words

PERSONAL = words(
    """family_name given_name known_as full_name patient_name name_and_birth_date born_on birth_date
    postcode ethnicity nhs_number chi_number hcn_number hospital_number identifier identifiers
    contact_points answers answer given rendered facts path get_full_path full_path body POST GET
    COOKIES query_string"""
)
LOG_CALLS = words("debug info warning error exception critical log")
LOGGERS = re.compile(r"^(log|logger|logging|structlog|_log|_logger)(\.|$)")
_ADDRESS = re.compile(r"<(?P<kind>\w+):(?P<name>\w+)>")
# Pages where a search finds no person. Each says why a link to what was found is worth having.
NOT_ABOUT_PEOPLE = {
    "imparts/authoring/templates/authoring/library.jinja": "it finds instruments by their names",
}
NAMED_IN_ADDRESSES = PERSONAL | {"name", "value", "nhs", "email", "phone", "text", "q"}


def spoken(file: File) -> list[str]:
    """Log lines and exceptions that carry a patient's facts."""
    return [
        f"{file.path}:{node.lineno} {', '.join(sorted(said))} goes into {what}. "
        "Name the thing by kind and id, never by what is known of the person."
        for node in ast.walk(file.tree)
        if (what := _where_it_goes(node)) and (said := _personal(node))
    ]


def _where_it_goes(node: ast.AST) -> str:
    if isinstance(node, ast.Raise):
        return "an exception"
    if isinstance(node, ast.Call):
        called = dotted(node)
        if LOGGERS.match(called) and called.rsplit(".", 1)[-1] in LOG_CALLS:
            return "a log"
    return ""


def _personal(node: ast.AST) -> set[str]:
    """Personal facts written into a text; in a log, any argument counts."""
    texts = [n for n in ast.walk(node) if isinstance(n, ast.FormattedValue)]
    inside = [part for text in texts for part in ast.walk(text.value)]
    if isinstance(node, ast.Call):
        inside += [part for each in (*node.args, *node.keywords) for part in ast.walk(each)]
    return {
        name
        for part in inside
        if (name := getattr(part, "attr", None) or getattr(part, "id", None)) in PERSONAL
    }


def shown_by_str(file: File) -> list[str]:
    """Tables whose text form, which logs and error pages use, holds a person's facts."""
    return [
        f"{file.path}:{f.lineno} {f.name} shows {attribute.attr}; show the kind and the id"
        for f in ast.walk(file.tree)
        if isinstance(f, ast.FunctionDef) and f.name in ("__str__", "__repr__")
        for attribute in ast.walk(f)
        if isinstance(attribute, ast.Attribute) and attribute.attr in PERSONAL
    ]


def in_addresses(file: File) -> list[str]:
    """Addresses that carry a fact of a person, and would leave it in histories and logs."""
    return [
        f"{file.path}: address part <{found['kind']}:{found['name']}>; use an id"
        for found in _ADDRESS.finditer(file.text)
        if found["name"] in NAMED_IN_ADDRESSES or found["kind"] == "path"
    ]


def searched_by_address(file: File) -> list[str]:
    """Search forms that put what was typed into the address."""
    return [
        f"{file.path}: a form sends typed text by GET; names and numbers would stand in the address"
        for form in re.findall(r"<form\b.*?</form>", file.text, re.DOTALL | re.IGNORECASE)
        if re.search(r'method="get"', form.split(">")[0], re.IGNORECASE)
        and re.search(r'type="(text|search|tel|email)"|<textarea', form)
    ]


def test_no_log_or_exception_speaks_of_a_person() -> None:
    nothing_wrong(wrong for file in program() for wrong in spoken(file))


def test_no_table_shows_a_person_in_its_text_form() -> None:
    models = [file for file in program() if file.room == "models"]
    nothing_wrong(wrong for file in models for wrong in shown_by_str(file))


def test_no_address_carries_a_fact_of_a_person() -> None:
    urls = [file for file in program() if file.room == "urls"]
    nothing_wrong(wrong for file in urls for wrong in in_addresses(file))


def test_no_typed_text_is_sent_in_an_address() -> None:
    pages = [file for file in files("imparts", ".jinja") if file.path not in NOT_ABOUT_PEOPLE]
    nothing_wrong(wrong for file in pages for wrong in searched_by_address(file))


def test_a_log_line_about_a_person_is_found() -> None:
    for bad in (
        'logger.info("seen %s", patient.family_name)',
        'log.warning(f"no {patient.born_on}")',
        'logging.error("refused", extra={"x": request.get_full_path()})',
        'raise ValueError(f"{patient.given_name} is too young")',
    ):
        assert spoken(File("imparts/people/actions.py", bad)), bad
    for good in ('logger.info("message %s sent", control_id)', 'raise ValueError(f"alert {pk}")'):
        assert not spoken(File("imparts/people/actions.py", good)), good


def test_a_table_that_shows_a_person_is_found() -> None:
    bad = "class P:\n    def __str__(self):\n        return self.family_name"
    assert shown_by_str(File("imparts/people/models.py", bad))


def test_an_address_with_a_persons_fact_is_found() -> None:
    assert in_addresses(File("imparts/people/urls.py", 'path("<str:nhs_number>/")'))
    assert not in_addresses(File("imparts/people/urls.py", 'path("<uuid:patient_id>/")'))
    bad = '<form method="get"><input type="text" name="who"></form>'
    assert searched_by_address(File("x.jinja", bad))
    assert not searched_by_address(File("x.jinja", bad.replace("get", "post")))
