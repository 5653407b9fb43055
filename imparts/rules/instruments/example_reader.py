"""Reading the worked examples of an instrument file: answers in, result out."""

from imparts.rules.content import Table, one_of
from imparts.rules.instruments.definition import Example

STATUSES = ("complete", "prorated", "incomplete")


def read_examples(table: Table, *, are_needed: bool) -> tuple[Example, ...]:
    """The worked examples; a structure without wording needs none until a site loads its words."""
    examples = tuple(read_example(one) for one in table.tables("examples"))
    if not examples and are_needed:
        raise table.refuse("there are no worked examples; add at least one, with its result")
    return examples


def read_example(one: Table) -> Example:
    """One worked example."""
    answers, context = one.table("answers"), one.table_or("context")
    example = Example(
        answers=tuple((item, answers.whole(item)) for item in answers.names_left()),
        context=tuple((name, context.yes(name)) for name in context.names_left())
        if context
        else (),
        status=one_of(one, "status", STATUSES),
        score=one.number_or("score"),
        band=one.words_if("band"),
        lower=one.number_or("lower"),
        upper=one.number_or("upper"),
        flags=one.names_or("flags"),
        note=one.words_or("note"),
    )
    one.end()
    return example
