"""One-time codes: how someone sets a password that nobody else has ever known.

Not a link: an address stays in histories and in the logs of proxies. Not a first password: the one
who gave it would know it until it is changed. The code is said aloud or written on paper, works
once together with the user name, and ends after three days.
"""

import secrets
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.crypto import salted_hmac

from imparts.access.models import SignInCode, Staff
from imparts.audit import actions as audit

CODE_LASTS = timedelta(days=3)
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that look alike: no 0, O, 1, I, L
_GROUPS, _IN_A_GROUP = 3, 4  # 31 to the power of 12: nobody guesses it in three days


class CodeRefused(Exception):
    """No code of this person fits; the message does not say which part was wrong."""


def give_code(*, staff: Staff, by: str, at: datetime) -> str:
    """Make a code and hand it back to be shown once; only its hash is kept.

    The password that they had and every code before end in the same moment.
    """
    code = "-".join(
        "".join(secrets.choice(_LETTERS) for _ in range(_IN_A_GROUP)) for _ in range(_GROUPS)
    )
    with transaction.atomic():
        end_codes(staff, at=at)
        SignInCode.objects.create(
            staff=staff, code_hash=_code_hash(code), made_by=by, made_at=at, ends_at=at + CODE_LASTS
        )
        staff.set_unusable_password()
        staff.save(update_fields=["password"])
        audit.record(who=by, did="gave one-time code", about=f"staff {staff.pk}", at=at)
    return code


def end_codes(staff: Staff, *, at: datetime) -> None:
    """Every code that could still be used ends now."""
    staff.codes.filter(used_at__isnull=True, ends_at__gt=at).update(ends_at=at)


def choose_password(*, username: str, code: str, password: str, at: datetime) -> Staff:
    """Use a code up: from here on this password signs them in.

    Raises CodeRefused, or ValidationError when the password itself is too weak; then the code
    stays.
    """
    with transaction.atomic():
        found = (
            SignInCode.objects.select_for_update()
            .select_related("staff")
            .filter(
                staff__username__iexact=username, staff__is_active=True, code_hash=_code_hash(code),
                used_at__isnull=True, ends_at__gt=at,
            )
            .first()
        )  # fmt: skip
        if found is None:
            raise CodeRefused(
                "This user name and code do not belong together, or the code was used or has "
                "ended. Ask your administrator for a new one."
            )
        validate_password(password, found.staff)
        found.used_at = at
        found.save(update_fields=["used_at"])
        found.staff.set_password(password)
        found.staff.save(update_fields=["password"])
        audit.record(who=username, did="set password", about=f"staff {found.staff_id}", at=at)
    return found.staff


def _code_hash(code: str) -> str:
    """The hash of what was typed, however it was typed: small letters, spaces, no hyphens."""
    plain = "".join(each for each in code.upper() if each.isalnum())
    return salted_hmac("imparts.code", plain, algorithm="sha256").hexdigest()
