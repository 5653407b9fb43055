"""What the OAuth library asks us: may this program have a code, a token, a new token?

Safety: hazard H8. Scopes are narrowed to what the program was let in with. A code and the tokens
that follow from it stand in one grant, which says whose patient is in context. The view puts the
moment and our own address beside the request's headers: nothing here looks at a clock.
"""

from base64 import b64decode
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote_plus

from django.http import HttpRequest
from django.utils import timezone
from oauth2_provider.models import (
    get_access_token_model,
    get_grant_model,
    get_refresh_token_model,
)
from oauth2_provider.oauth2_backends import OAuthLibCore
from oauth2_provider.oauth2_validators import OAuth2Validator
from oauthlib.common import Request
from oauthlib.oauth2.rfc6749 import errors

from imparts.access.queries import asking
from imparts.access.roles import May
from imparts.audit import actions as audit
from imparts.gateway.smart.actions import proving
from imparts.gateway.smart.actions.signing import ALGORITHM, sign
from imparts.gateway.smart.models import ApiClient, AppGrant, TokenGrant
from imparts.gateway.smart.queries.tokens import checksum
from imparts.gateway.smart.scopes import Scopes

AT, BASE, TOKEN_ADDRESS = "imparts.at", "imparts.base", "imparts.token_address"
ONLINE_LASTS = timedelta(hours=12)  # as long as somebody is signed in at most
ID_TOKEN_LASTS = timedelta(minutes=5)


class TooManyWrong(errors.OAuth2Error):
    """So many wrong secrets that none is taken for a while."""

    error = "slow_down"
    status_code = 429
    description = "Too many wrong secrets for this program. Wait five minutes."


def asked_at(request: Request) -> datetime:
    """The moment of the request, as the view knows it."""
    at: datetime = request.headers[AT]
    return at


class Validator(OAuth2Validator):
    """Our answers to the OAuth library's questions; where we have none, its own stand."""

    # --- who is this program? ---

    def client_authentication_required(self, request: Request, *args: Any, **kwargs: Any) -> bool:
        """Whoever sends an assertion is asked to prove it, and everybody who can keep a secret."""
        if getattr(request, "client_assertion", None):
            return True
        return bool(super().client_authentication_required(request, *args, **kwargs))

    def authenticate_client(self, request: Request, *args: Any, **kwargs: Any) -> bool:
        """By a signed assertion when there is one, else by its secret; never by both."""
        at = asked_at(request)
        if assertion := getattr(request, "client_assertion", None):
            if request.client_secret or self._extract_basic_auth(request):
                return False
            kind = getattr(request, "client_assertion_type", "")
            to = request.headers[TOKEN_ADDRESS]
            request.client = proving.by_assertion(kind, assertion, made_out_to=to, at=at)
            return request.client is not None
        named = self._client_id_given(request)
        if not named or "\x00" in named:
            return False
        if proving.too_many_wrong(named, at=at):
            raise TooManyWrong(request=request)
        if super().authenticate_client(request, *args, **kwargs) and not request.client.has_keys:
            return True
        proving.count_wrong(named, at=at)
        return False

    def _client_id_given(self, request: Request) -> str:
        given = self._extract_basic_auth(request)
        if not given:
            return request.client_id or ""
        try:
            return unquote_plus(b64decode(given).decode().partition(":")[0])
        except ValueError:  # no base64, or no text
            return ""

    # --- which scopes? ---

    def validate_scopes(
        self, client_id: str, scopes: Any, client: Any, request: Request, *args: Any, **kwargs: Any
    ) -> bool:
        """What was asked, narrowed to what the program was let in with; nothing left is a no."""
        asked = Scopes.read(" ".join(scopes) if isinstance(scopes, list) else str(scopes))
        allowed = Scopes.read(client.allowed_scopes)
        given = asked.within(allowed)
        request.scopes = str(given).split()
        return bool(request.scopes)

    def validate_silent_login(self, request: Request) -> bool:
        """Never without the page (prompt=none): each time a person says so."""
        return False

    # --- a code ---

    def save_authorization_code(
        self, client_id: str, code: dict[str, str], request: Request, *args: Any, **kwargs: Any
    ) -> None:
        """Keep the code, and beside it for whom and about whom it is."""
        super().save_authorization_code(client_id, code, request, *args, **kwargs)
        given = vars(request)
        grant = AppGrant.objects.create(
            client=request.client, staff=request.user, patient_id=given.get("context_patient"),
            encounter=given.get("context_encounter", ""), scope=" ".join(request.scopes),
            code_hash=checksum(code["code"]), at=asked_at(request),
        )  # fmt: skip
        audit.record(
            who=request.user.username, did="let an app see", patient=grant.patient_id,
            about=f"grant {grant.pk} of client {client_id}", why=grant.scope, at=grant.at,
        )  # fmt: skip

    def validate_code(
        self, client_id: str, code: str, client: Any, request: Request, *args: Any, **kwargs: Any
    ) -> bool:
        """Whether a code counts. One that comes again was stolen: what followed from it ends."""
        grant = AppGrant.objects.filter(client=client, code_hash=checksum(code)).first()
        if grant is None:
            return False
        if not super().validate_code(client_id, code, client, request, *args, **kwargs):
            if not get_grant_model().objects.filter(code=code).exists():
                end_tokens_of(grant)
            return False
        request.app_grant = grant
        return grant.staff.is_active

    def confirm_redirect_uri(
        self, client_id: str, code: str, redirect_uri: str, client: Any, *args: Any, **kwargs: Any
    ) -> bool:
        """A code counts with the address that it was asked with, said again and not guessed."""
        asked = next((one for one in (*args, *kwargs.values()) if isinstance(one, Request)), None)
        if asked is None or getattr(asked, "using_default_redirect_uri", True):
            return False
        return bool(super().confirm_redirect_uri(client_id, code, redirect_uri, client))

    # --- a token ---

    def validate_refresh_token(
        self, refresh_token: str, client: Any, request: Request, *args: Any, **kwargs: Any
    ) -> bool:
        """Whether a new token may follow: the person is still here, and may still see anyone."""
        if not super().validate_refresh_token(refresh_token, client, request, *args, **kwargs):
            return False
        token = request.refresh_token_instance.access_token
        held = TokenGrant.objects.select_related("grant__staff").filter(token=token).first()
        if held is None or not may_go_on(held.grant, at=asked_at(request)):
            return False
        request.app_grant = held.grant
        return True

    def _save_bearer_token(
        self, token: dict[str, Any], request: Request, *args: Any, **kwargs: Any
    ) -> None:
        """Keep the token; tell the app who is in context; no refresh token unless it asked."""
        grant = vars(request).get("app_grant")
        if grant is None or not {"online_access", "offline_access"} & set(request.scopes):
            token.pop("refresh_token", None)
        super()._save_bearer_token(token, request, *args, **kwargs)
        if grant is not None:
            token.update(context_of(grant))
        else:
            audit.record(
                who=f"client:{request.client.client_id}", did="got an access token",
                about=f"client {request.client.client_id}", why=token["scope"],
                at=asked_at(request),
            )  # fmt: skip

    def _create_access_token(
        self,
        expires: Any,
        request: Request,
        token: dict[str, Any],
        source_refresh_token: Any = None,
    ) -> Any:
        made = super()._create_access_token(
            expires, request, {**token, "id_token": None}, source_refresh_token
        )
        grant = vars(request).get("app_grant")
        if grant is not None:
            TokenGrant.objects.create(token=made, grant=grant)
        return made

    def finalize_id_token(
        self, id_token: dict[str, Any], token: Any, token_handler: Any, request: Request
    ) -> str:
        """Who uses the app, signed with our key; nothing of it is kept."""
        at, base = asked_at(request), request.headers[BASE]
        staff = request.user
        id_token.update(
            iss=base, sub=str(staff.pk), exp=int((at + ID_TOKEN_LASTS).timestamp()),
            iat=int(at.timestamp()),
        )  # fmt: skip
        if "fhirUser" in request.scopes:
            id_token["fhirUser"] = f"{base}/Practitioner/{staff.pk}"
        if "profile" in request.scopes:
            id_token["name"], id_token["preferred_username"] = staff.name, staff.username
        if request.nonce and "nonce" not in id_token:
            id_token["nonce"] = request.nonce
        return sign(id_token, at=at, algorithm=ALGORITHM)


def context_of(grant: AppGrant) -> dict[str, Any]:
    """Who is in context, as the token response says it."""
    found: dict[str, Any] = {}
    if grant.patient_id:
        found |= {"need_patient_banner": True, "patient": str(grant.patient_id)}
    if grant.encounter:
        found["encounter"] = grant.encounter
    return found


def may_go_on(grant: AppGrant, *, at: datetime) -> bool:
    """Whether a grant still leads to new tokens: the person is here and may see patients."""
    if not grant.staff.is_active:
        return False
    if "offline_access" not in grant.scope.split() and at >= grant.at + ONLINE_LASTS:
        return False
    who = asking(grant.staff, on=timezone.localdate(at))
    return who.may(May.SEE_PATIENTS) or who.may(May.SEE_CLINIC_LIST)


def end_tokens_of(grant: AppGrant) -> None:
    """Every token that followed from one code ends."""
    access = get_access_token_model().objects.filter(given_by__grant=grant)
    get_refresh_token_model().objects.filter(access_token__in=access).delete()
    access.delete()


def client_proved(core: OAuthLibCore, request: HttpRequest) -> ApiClient | None:
    """Which program proved itself with this request, outside of asking for a token."""
    asked = Request(*core._extract_params(request))
    validator = core.server.request_validator
    try:
        proved = validator.client_authentication_required(asked) and validator.authenticate_client(
            asked
        )
    except errors.OAuth2Error:
        return None
    return asked.client if proved else None
