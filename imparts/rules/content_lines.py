"""Lines: on which line of a content file a mistake stands, so that its author finds it at once.

The TOML reader does not keep line numbers, so headers and keys are looked for in the text. What
cannot be found is answered with the line of the table around it, and else with none.
"""

import re

from imparts.rules.content import ContentRefused, Place

_SAID_BY_READER = re.compile(r"\(at line (\d+),")


def line_of(text: str, refused: ContentRefused) -> int | None:
    """The line that a refusal is about, counted from 1; None when the whole file is meant."""
    if said := _SAID_BY_READER.search(str(refused)):
        return int(said[1])
    lines = text.splitlines()
    header, path = _header(lines, refused.at)
    if header is None:
        return None
    found = _key(lines, header, path[0]) if path and isinstance(path[0], str) else None
    return (header if found is None else found) + 1 or None


def _header(lines: list[str], at: Place) -> tuple[int | None, Place]:
    """The line of the innermost table header around a place, and the rest of the way in."""
    for length in range(len(at), 0, -1):
        names = tuple(name for name in at[:length] if isinstance(name, str))
        number = at[length - 1] if isinstance(at[length - 1], int) else None
        if (line := _nth(lines, names, number)) is not None:
            return line, at[length:]
    return (-1 if at else None), at


def _nth(lines: list[str], names: tuple[str, ...], number: str | int | None) -> int | None:
    is_listed = number is not None
    wanted = f"[[{'.'.join(names)}]]" if is_listed else f"[{'.'.join(names)}]"
    found = [row for row, line in enumerate(lines) if line.replace(" ", "").startswith(wanted)]
    place = int(number) - 1 if number is not None else 0
    return found[place] if place < len(found) else None


def _key(lines: list[str], header: int, key: str) -> int | None:
    """The line of a key between a header and the next one."""
    wanted = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[.=]")
    for row in range(header + 1, len(lines)):
        if lines[row].startswith("["):
            return None
        if wanted.match(lines[row]):
            return row
    return None
