"""Scopes: what a token allows, in the words of SMART (patient/Observation.rs, system/*.read)."""

_OLD = {"read": "rs", "write": "cud", "*": "cruds"}
_LEVELS = ("patient", "user", "system")


def allow(scopes: str, kind: str, may: str) -> bool:
    """Do they allow this (c, r, u, d or s) of a resource type?"""
    return any(_allows(each, kind, may) for each in scopes.split())


def granted(asked: str, allowed: str) -> str:
    """Those of the scopes asked for that a client may have, in its words; "" when none."""
    return " ".join(each for each in asked.split() if _may_have(each, allowed))


def _may_have(scope: str, allowed: str) -> bool:
    level, _, rest = scope.partition("/")
    if level not in _LEVELS:
        return scope in allowed.split()
    kind, _, may = rest.partition("?")[0].partition(".")
    same = [each for each in allowed.split() if each.startswith(f"{level}/")]
    return bool(may) and all(
        any(_allows(each, kind, one) for each in same) for one in _letters(may)
    )


def _allows(scope: str, kind: str, may: str) -> bool:
    level, slash, rest = scope.partition("/")
    if not slash or level not in _LEVELS:
        return False
    its_kind, _, letters = rest.partition("?")[0].partition(".")
    return its_kind in ("*", kind) and may in _letters(letters)


def _letters(written: str) -> str:
    return _OLD.get(written, written)
