"""Discovery, keys, and the switch that makes the next answer wrong."""

from flask import Blueprint, Response, request

from .faults import FAULTS, Stage
from .provider import answer, provider

blueprint = Blueprint("metadata", __name__)


@blueprint.get("/.well-known/openid-configuration")
def discovery() -> Response:
    """The metadata document, with the fields of ID-porten's own."""
    op = provider()
    spoiled = op.spoiled(Stage.METADATA)
    if spoiled is not None:
        return spoiled
    pushed = {"pushed_authorization_request_endpoint": f"{op.issuer}/par"} if op.config.offers_par else {}
    return answer(
        200,
        issuer=op.issuer,
        authorization_endpoint=f"{op.issuer}/authorize",
        token_endpoint=f"{op.issuer}/token",
        end_session_endpoint=f"{op.issuer}/logout",
        jwks_uri=f"{op.issuer}/jwks.json",
        response_types_supported=["code"],
        response_modes_supported=["query"],
        grant_types_supported=["authorization_code"],
        scopes_supported=["openid", "profile"],
        subject_types_supported=["pairwise"],
        id_token_signing_alg_values_supported=["RS256"],
        token_endpoint_auth_methods_supported=["private_key_jwt"],
        token_endpoint_auth_signing_alg_values_supported=["RS256"],
        code_challenge_methods_supported=["S256"],
        acr_values_supported=["idporten-loa-substantial", "idporten-loa-high"],
        prompt_values_supported=["login", "none"],
        ui_locales_supported=["nb", "nn", "en", "se"],
        authorization_response_iss_parameter_supported=True,
        request_parameter_supported=False,
        frontchannel_logout_supported=True,
        frontchannel_logout_session_supported=True,
        backchannel_logout_supported=True,
        backchannel_logout_session_supported=True,
        **pushed,
    )


@blueprint.get("/jwks.json")
def keys() -> Response:
    """The public keys."""
    op = provider()
    return op.spoiled(Stage.JWKS) or answer(200, **op.keys.published())


@blueprint.get("/_fault")
def faults() -> Response:
    """The names that can be armed, by stage, and the two ways of changing the key."""
    return answer(200, key=["rotate", "same_name"], **{stage: sorted(names) for stage, names in FAULTS.items()})


@blueprint.post("/_fault")
def arm() -> Response:
    """Arm `name` at `stage` (default: the next id_token) for `times` answers; or change the key at once."""
    op, name = provider(), request.form.get("name", "")
    stage, times = request.form.get("stage", Stage.ID_TOKEN), request.form.get("times", 1, type=int)
    if stage == "key" and name in ("rotate", "same_name"):
        op.keys.rotate(keep_name=name == "same_name")
        return answer(200, armed=name)
    try:
        op.faults.arm(Stage(stage), name, times)
    except (KeyError, ValueError):
        return answer(422, error="no such fault at that stage")
    return answer(200, armed=name)
