"""Answers to a form that someone else wrote, read from a response: every fault with its place."""

from collections.abc import Mapping

from imparts.gateway.fhir.answered import ROOT
from imparts.gateway.fhir_server.problems import Issue
from imparts.gateway.fhir_server.registry import Json
from imparts.rules.forms.definition import Form
from imparts.rules.forms.entries import EntryRefused, check_entry
from imparts.rules.forms.paths import place_of
from imparts.rules.forms.response import ResponseRefused, answers_from
from imparts.rules.packs.asking import Given


def given_to_form(form: Form, resource: Json) -> tuple[Mapping[str, Given], list[Issue]]:
    """The answers by path; declined ones are not told apart in forms, so they are left open."""
    try:
        answers = answers_from(form, resource)
    except ResponseRefused as wrong:
        return {}, [Issue("value", str(wrong), f"{ROOT}.item")]
    issues: list[Issue] = []
    given: dict[str, Given] = {}
    for path, values in answers.items():
        item = form.by_id[place_of(path).link_id]
        if item.is_question:
            try:
                check_entry(item, values)
            except EntryRefused as wrong:
                issues.append(Issue("value", str(wrong), _where(item.link_id)))
                continue
            given[path] = Given(None, entered=values)
        else:
            given[path] = Given(None, entered=(*values, True))
    if not given and not issues:
        issues.append(Issue("required", "There is no answer in this response.", f"{ROOT}.item"))
    return given, issues


def _where(link_id: str) -> str:
    quoted = link_id.replace("\\", "\\\\").replace("'", "\\'")
    return f"{ROOT}.descendants().where(linkId = '{quoted}')"
