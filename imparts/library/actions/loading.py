"""Loading content by hash: the same text is the same version for ever."""

from datetime import date, datetime
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils import timezone

import imparts.content
from imparts.audit import actions as audit
from imparts.design.dates import day
from imparts.library import queries
from imparts.library.actions.turns import take_turn
from imparts.library.models import ContentVersion
from imparts.rules.content import ContentRefused
from imparts.rules.forms.paths import longest_path

Kind = ContentVersion.Kind
FOLDERS = {
    "instruments": Kind.INSTRUMENT,
    "packs": Kind.PACK,
    "pathways": Kind.PATHWAY,
    "patient_texts": Kind.PATIENT_TEXT,
}
LONGEST_NAME = 60
LONGEST_PATH = 600  # as the tables of answers and alerts keep it


def load_shipped(*, at: datetime, folder: Path | None = None) -> list[ContentVersion]:
    """Load every shipped file whose text is not known yet; known texts are left as they are."""
    root = folder or Path(imparts.content.__file__).parent
    loaded = []
    with transaction.atomic():
        for name, kind in FOLDERS.items():
            texts = [path.read_text(encoding="utf-8") for path in _content_files(root / name)]
            loaded += _load_all(kind, texts, at)
    return loaded


def _load_all(kind: str, texts: list[str], at: datetime) -> list[ContentVersion]:
    """Shipped files of one kind, with one question for what is there and one for what is new."""
    bodies = {queries.sha256_of(text): text for text in texts}
    stored = ContentVersion.objects.filter(sha256__in=bodies)
    there = set(stored.values_list("sha256", flat=True))
    known = queries.Known()
    new = [
        _version(kind, body, sha256, at, known=known)
        for sha256, body in bodies.items()
        if sha256 not in there
    ]
    try:
        with transaction.atomic():
            return ContentVersion.objects.bulk_create(new)
    except IntegrityError:  # somebody else loads the same files at the same moment
        found = (load_file(kind=kind, text=one.body, at=at) for one in new)
        return [made for made in found if made]


def _version(
    kind: str, body: str, sha256: str, at: datetime, *, known: queries.Known
) -> ContentVersion:
    """One text as a version that is not stored yet, once it has passed its reader."""
    key, version = queries.name_of(kind, body, known)
    _refuse_long_names(key, version)
    _refuse_days_to_come(kind, body, on=timezone.localdate(at))
    return ContentVersion(
        kind=kind, key=key, version=version, sha256=sha256, body=body, is_shipped=True,
        loaded_at=at,
    )  # fmt: skip


def _content_files(folder: Path) -> list[Path]:
    """Every file of a kind; what pathways may send people to is no pathway, and has no version."""
    return [one for one in sorted(folder.rglob("*.toml")) if one.name != queries.OPTIONS_FILE]


def load_file(
    *, kind: str, text: str, at: datetime, is_shipped: bool = True, by: str = ""
) -> ContentVersion | None:
    """Add one text as a version; None when this very text is already there.

    Raises ContentRefused, with a sentence, when the file breaks a rule of its kind. A site's own
    file says who loaded it: that person cannot sign it.
    """
    body = queries.kept_text(kind, text)
    sha256 = queries.sha256_of(body)
    if ContentVersion.objects.filter(sha256=sha256).exists():
        return None
    made = _version(kind, body, sha256, at, known=queries.Known())
    made.is_shipped, made.loaded_by = is_shipped, by
    if kind == Kind.FORM:
        _refuse_form(made.key, body)
    if kind == Kind.INSTRUMENT and not is_shipped:
        queries.refuse_edited_words(body)
    try:
        with transaction.atomic():
            if not is_shipped:
                take_turn(f"version {kind} {made.key} {made.version}")
                _refuse_another_text(kind, made.key, made.version, sha256)
            made.save(force_insert=True)
            if by:
                about = f"{kind} {made.key} {made.version}"
                audit.record(who=by, did="loaded content", about=about, at=at)
    except IntegrityError:  # somebody else loaded the very same text at the same moment
        return None
    return made


def _refuse_form(key: str, body: str) -> None:
    """A form is asked beside instruments: its key is none of theirs, and its paths can be kept."""
    if ContentVersion.objects.filter(kind=Kind.INSTRUMENT, key=key).exists():
        raise ContentRefused(
            f"{key} is an instrument of this library already. Ask that one; or, if this is another "
            "questionnaire, give its url another ending."
        )
    longest = longest_path(queries.form_in(body))
    if longest > LONGEST_PATH:
        raise ContentRefused(
            f"{key}: the names of its repeating groups and questions come to {longest} characters "
            f"inside each other; at most {LONGEST_PATH} can be kept. Give them shorter link ids."
        )


def _refuse_long_names(key: str, version: str) -> None:
    for what, name in (("id", key), ("version", version)):
        if len(name) > LONGEST_NAME:
            raise ContentRefused(
                f"{key[:LONGEST_NAME]}: the {what} has {len(name)} characters; "
                f"at most {LONGEST_NAME} can be kept."
            )


def _refuse_days_to_come(kind: str, body: str, *, on: date) -> None:
    """Nobody has approved a translation on a day that has not come: it is a slip, or worse."""
    for where, dated in queries.days_of_approval(kind, body):
        if dated > on:
            raise ContentRefused(
                f"{where}: dated is {day(dated)}, and that day has not come yet. Write the day on "
                "which this text was made or approved."
            )


def _refuse_another_text(kind: str, key: str, version: str, sha256: str) -> None:
    same = ContentVersion.objects.filter(kind=kind, key=key, version=version)
    if same.exclude(sha256=sha256).exists():
        raise ContentRefused(
            f"{key}: there is a version {version!r} with other text already. "
            "Give the changed text a version of its own."
        )
