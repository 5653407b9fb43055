"""Tokens: given for a code, a refresh token or a proof; taken back; looked up by their owner."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from oauth2_provider.oauth2_backends import OAuthLibCore

from imparts.gateway.smart.actions.validating import AT, BASE, TOKEN_ADDRESS, client_proved
from imparts.gateway.smart.bases import fhir_base, token_address
from imparts.gateway.smart.queries.tokens import introspected


def core_for(request: HttpRequest) -> OAuthLibCore:
    """The OAuth library, told the moment and our own address."""
    sent = (value for given in (request.GET, request.POST) for value in given.values())
    if any("\x00" in value for value in sent):  # no text of the database can hold it
        raise BadRequest("An empty character (NUL) stands in what was sent.")
    request.META[AT] = timezone.now()
    request.META[BASE] = fhir_base(request)
    request.META[TOKEN_ADDRESS] = token_address(request)
    return OAuthLibCore()


@csrf_exempt
@require_POST
def token(request: HttpRequest) -> HttpResponse:
    """Give a token, or say as OAuth has it why not."""
    _, headers, body, status = core_for(request).create_token_response(request)
    return _answer(headers, body, status)


@csrf_exempt
@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    """Take a token back; whoever holds it learns nothing about tokens of others."""
    _, headers, body, status = core_for(request).create_revocation_response(request)
    return _answer(headers, body, status)


@csrf_exempt
@require_POST
def introspect(request: HttpRequest) -> HttpResponse:
    """What a token stands for, told to the program that it was given to and to no other."""
    core = core_for(request)
    client = client_proved(core, request)
    if client is None:
        said = {"error": "invalid_client", "error_description": "Prove which program you are."}
        answer = JsonResponse(said, status=401)
        answer["WWW-Authenticate"] = 'Basic realm="oauth"'
        return answer
    found = introspected(request.POST.get("token", ""), client, at=request.META[AT])
    if "fhirUser" in found:
        found["fhirUser"] = f"{request.META[BASE]}/{found['fhirUser']}"
    return JsonResponse(found)


def _answer(headers: dict[str, str], body: str, status: int) -> HttpResponse:
    answer = HttpResponse(body or "", status=status, content_type="application/json")
    for name, value in headers.items():
        answer[name] = value
    answer["Pragma"] = "no-cache"
    return answer
