"""Who has checked a file: whoever signed it here, by name and job title; else what it says itself.

A file that ships says "not yet checked by a clinician"; a signature here names who stands for this
very text, so the page must not go on saying that nobody has looked (hazard H7).
"""

from collections.abc import Iterable, Mapping

from imparts.design.dates import day
from imparts.library.models import Signature
from imparts.workspace.queries.names import with_title


def signed_here(contents: Iterable[int]) -> dict[int, str]:
    """Of each version that was signed here, the last signature in words."""
    rows = (
        Signature.objects.filter(content_id__in=list(contents))
        .order_by("content_id", "-id")
        .distinct("content_id")
    )
    found = list(rows)
    names = with_title(row.signed_by for row in found)
    return {row.content_id: f"signed by {names(row.signed_by)}, {day(row.at)}" for row in found}


def checked_by(files: Mapping[int, str], signed: Mapping[int, str]) -> tuple[str, ...]:
    """Each said once; `files` is what each file says of itself."""
    return tuple(dict.fromkeys(signed.get(pk, said) for pk, said in files.items()))
