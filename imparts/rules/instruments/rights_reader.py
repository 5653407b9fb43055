"""Reading the rights of an instrument file: whose wording it is, and by whose leave it is shown."""

from imparts.rules.content import Table, one_of
from imparts.rules.instruments.definition import Rights

SHIPS = ("yes", "with_notice", "no")


def read_rights(table: Table) -> Rights:
    """The table [rights]; ships = "no" makes the file a structure without wording."""
    if not table.has("rights"):
        raise table.refuse("there is no licence; say in [rights] who may use whose wording")
    rights = table.table("rights")
    made = Rights(
        holder=rights.words("holder"),
        statement=rights.words("statement"),
        notice=rights.words_or("notice"),
        source=rights.words("source"),
        ships=one_of(rights, "ships", SHIPS),
    )
    if made.ships == "with_notice" and not made.notice:
        raise rights.refuse("the wording ships only with a notice, and there is no notice")
    rights.end()
    return made
