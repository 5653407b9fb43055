"""The report of an import in plain words: what is done as the file says, and what is not."""

from collections.abc import Iterator

from imparts.rules.forms.definition import Form, ImportReport, ReportLine

MOST_LINES = 500


def report_lines(form: Form, report: ImportReport) -> tuple[str, ...]:
    """The whole report, line by line."""
    return tuple(_lines(form, report))


def _lines(form: Form, report: ImportReport) -> Iterator[str]:
    asked = sum(item.may_be_asked for item in form.all_items)
    yield f"{form.title} ({form.key}, version {form.version})"
    yield f"Address: {form.url or 'none given'}"
    yield f"Publisher: {form.publisher or 'none given'}. Status: {form.status}."
    yield f"Rights: {form.copyright or 'the file says nothing; ask its publisher before using it'}"
    yield f"Languages: {', '.join(form.languages)}."
    yield f"Items: {len(form.all_items)}, of which {asked} may be asked here."
    yield ""
    yield "Questions that may ask about harm to self or others"
    yield from _suspects(form, report)
    yield ""
    yield "Not done as the file asks"
    yield from _listed(report.not_honoured)
    yield ""
    yield "Mended"
    yield from _listed(report.warnings)
    yield ""
    yield "Done as the file says"
    for feature, number in report.honoured.items():
        yield f"  {feature}: {number}"


def _suspects(form: Form, report: ImportReport) -> Iterator[str]:
    if not report.harm_suspects:
        yield "  None was found by its words or codes. Read the questions all the same."
        return
    for link_id in report.harm_suspects[:MOST_LINES]:
        yield f"  {link_id}: {form.by_id[link_id].text[:120]}"
    yield "  A named person decides about each before the form can be asked."


def _listed(lines: tuple[ReportLine, ...]) -> Iterator[str]:
    if not lines:
        yield "  Nothing."
    for line in lines[:MOST_LINES]:
        where = line.link_id or "the form"
        yield f"  {where}, {line.what.rsplit('/', 1)[-1]}: {line.sentence}"
    if len(lines) > MOST_LINES:
        yield f"  and {len(lines) - MOST_LINES} more"
