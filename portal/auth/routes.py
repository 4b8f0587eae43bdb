"""Sign in, come back, sign out.

GET writes here because ID-porten sends the browser with GET: each such route opens its own short writing session, and
none is open while we wait for ID-porten.
"""

import logging
import secrets
from datetime import timedelta

from flask import Blueprint, Response, abort, current_app, make_response, redirect, request, session, url_for
from werkzeug.wrappers import Response as Answer

from portal import clock
from portal.auth import attempts, cookies, logins, logout, people, saved_forms
from portal.auth.cookies import Cookie
from portal.auth.failures import failed, failure_page
from portal.auth.guard import left, safe_path, turn_away
from portal.auth.oidc import Answer as Tokens
from portal.auth.oidc import OidcClient, error_code, with_query
from portal.auth.reasons import RefusalReason, Refused
from portal.i18n import translator
from portal.request_state import request_state
from portal.settings import Settings
from portal.store import db
from portal.tables.login import SignInAttempt
from portal.web.assets import assets_of
from portal.web.headers import wants_part
from portal.web.respond import Rendered, page

blueprint = Blueprint("auth", __name__)
log = logging.getLogger(__name__)
WIPE = '"cache", "storage"'


def client() -> OidcClient:
    """The portal at ID-porten."""
    found: OidcClient = current_app.extensions["oidc"]
    return found


def settings() -> Settings:
    """The settings of the running application."""
    found: Settings = current_app.extensions["settings"]
    return found


def _next() -> str:
    return safe_path(request.args.get("next", "/"))


@blueprint.get("/logg-inn")
def sign_in() -> Answer:
    """What ID-porten is and what one needs, before going there."""
    if request_state().person is not None:
        return redirect(_next(), 303)
    response = make_response(page("auth/sign_in.html", next_path=_next(), late="utlopt" in request.args))
    cookies.know_browser(response, settings())
    return response


@blueprint.get("/logg-inn/start")
def start() -> Answer:
    """Off to ID-porten. After a sign-out here, and for somebody else (`ny`), it must identify the person anew."""
    forced = "ny" in request.args or cookies.read(settings(), Cookie.SIGNED_OUT) is not None
    db.release()
    try:
        begun = client().begin(translator().language.id, forced=forced)
    except Refused as refused:
        return failed(refused, _next())
    response = redirect(begun.address, 303)
    browser = cookies.know_browser(response, settings())
    with db.store().login_session() as signing:
        attempts.remember(signing, browser, begun, next_path=_next(), forced=forced, now=clock.now())
        signing.commit()
    return response


@blueprint.get("/logg-inn/tilbake")
def callback() -> Answer:
    """Back from ID-porten: state, issuer, error, token, person; in that order."""
    try:
        attempt = _own_attempt()
    except Refused as refused:
        signed_in_already = request_state().person is not None and refused.reason is RefusalReason.STATE_UNKNOWN
        return redirect("/", 303) if signed_in_already else failed(refused, "/")
    db.release()
    try:
        return _welcome(attempt, client().redeem(_code(), attempt.code_verifier))
    except Refused as refused:
        return failed(refused, attempt.next_path)


@blueprint.get("/logg-inn/feil")
def not_signed_in() -> Answer:
    """Why a sign-in did not work, once more: the reason by its code."""
    try:
        return failure_page(RefusalReason(request.args.get("kode", "")), _next())
    except ValueError:
        abort(404)


def _own_attempt() -> SignInAttempt:
    with db.store().login_session() as signing:
        try:
            return attempts.take(
                signing, cookies.read(settings(), Cookie.BROWSER), request.args.get("state"), clock.now()
            )
        finally:
            signing.commit()


def _code() -> str:
    _check_answerer(request.args.get("iss"))
    match request.args.get("error"):
        case None:
            pass
        case "access_denied":
            raise Refused(RefusalReason.CANCELLED)
        case "server_error" | "temporarily_unavailable" as busy:
            raise Refused(RefusalReason.PROVIDER_BUSY, busy)
        case other:
            raise Refused(RefusalReason.PROVIDER_ERROR, error_code(other))
    code = request.args.get("code")
    if not code:
        raise Refused(RefusalReason.CODE_MISSING)
    return code


def _check_answerer(issuer: str | None) -> None:
    """RFC 9207: our issuer, or nobody where the provider never names itself."""
    if issuer is None and not client().discovery.current().names_itself:
        return
    if issuer != client().issuer:
        raise Refused(RefusalReason.RESPONSE_ISSUER)


def _welcome(attempt: SignInAttempt, tokens: Tokens) -> Answer:
    who = client().identity(tokens, attempt.nonce, attempt.created_at if attempt.forced else None)
    now = clock.now()
    with db.short_read_session() as looked:
        found = people.find(looked, who.pid, clock.today() - timedelta(days=settings().ended_access_days))
    old = cookies.read(settings(), Cookie.LOGIN)
    with db.store().login_session() as signing:
        if found is None:
            if old:
                logins.end(signing, old, now)
                signing.commit()
            log.info("signed in at the provider, not registered here: sid %s", cookies.short_digest(who.sid))
            return _stranger()
        key = logins.start(signing, settings(), found, who, id_token=tokens.id_token, old=old, now=now)
        signing.commit()
    logins.write_log(db.store())
    log.info("signed in: %s, sid %s", who.acr, cookies.short_digest(who.sid))
    session.clear()
    response = redirect(attempt.next_path, 303)
    cookies.give(response, settings(), Cookie.LOGIN, key)
    cookies.drop(response, settings(), Cookie.SIGNED_OUT)
    return response


def _stranger() -> Answer:
    """Known to ID-porten, not to us; whoever was signed in here before is not the one at the screen now.

    The next sign-in asks anew, in case this was the wrong person.
    """
    response = redirect(url_for("auth.not_registered"), 303)
    cookies.drop(response, settings(), Cookie.LOGIN)
    cookies.give(response, settings(), Cookie.SIGNED_OUT, cookies.new_secret())
    return response


@blueprint.get("/logg-inn/ikke-registrert")
def not_registered() -> Rendered:
    """No municipality has registered the person who signed in."""
    return page("auth/not_registered.html")


@blueprint.post("/logg-ut")
def sign_out() -> Answer:
    """First here, whatever happens next; then at ID-porten, which tells the other services."""
    key = cookies.read(settings(), Cookie.LOGIN)
    ended = _end(key) if key else None
    session.clear()
    state = secrets.token_urlsafe(32)
    elsewhere = ended is not None or "idporten" in request.form
    response = _sign_out_there(state, ended.id_token if ended else None) if elsewhere else _signed_out_here()
    cookies.drop(response, settings(), Cookie.LOGIN)
    cookies.give(response, settings(), Cookie.SIGNED_OUT, state)
    response.headers["Clear-Site-Data"] = WIPE
    return response


def _end(key: str) -> logins.Ended | None:
    with db.store().login_session() as signing:
        ended = logins.end(signing, key, clock.now())
        if ended:
            saved_forms.forget(signing, ended.participant_id)
        signing.commit()
    if ended:
        log.info("signed out: sid %s", cookies.short_digest(ended.sid))
        logins.write_log(db.store())
    return ended


def _sign_out_there(state: str, id_token: str | None) -> Answer:
    try:
        found = client().sign_out_form(state, id_token)
    except Refused as refused:
        current_app.logger.warning("sign-out at the provider not possible: %s %s", refused.reason.value, refused.detail)
        found = None
    if found is None:
        return _signed_out_here()
    address, fields = found
    if settings().logout_method == "post":
        request_state().person = None
        return make_response(page("auth/sign_out_there.html", address=address, fields=fields))
    return redirect(with_query(address, fields), 303)


def _signed_out_here() -> Answer:
    return redirect(url_for("auth.signed_out"), 303)


@blueprint.get("/logg-ut/ferdig")
def signed_out() -> Answer:
    """Signed out. That ID-porten has heard of it is said only if the answer belongs to this browser's own sign-out."""
    if request_state().person is not None:
        return redirect("/", 303)
    state, expected = request.args.get("state", ""), cookies.read(settings(), Cookie.SIGNED_OUT) or ""
    everywhere = bool(state) and secrets.compare_digest(state.encode(), expected.encode())
    return make_response(page("auth/signed_out.html", everywhere=everywhere))


@blueprint.get("/bli")
def time_left() -> Answer:
    """The script that warns, also where the login has ended meanwhile, and for it the warning with the time left.
    Asking does not keep the login alive.
    """
    if not wants_part():
        return redirect(assets_of(current_app).url("stay.js") or "/", 303)
    if request_state().person is None:
        return turn_away(settings())
    return make_response(page("auth/_stay.html", time=left(settings(), used=False)))


@blueprint.post("/bli")
def stay() -> Answer:
    """One tap to stay: this request is the use that keeps the login alive."""
    return make_response(page("auth/_stay.html", time=left(settings()))) if wants_part() else redirect("/", 303)


@blueprint.get("/annen")
def someone_else() -> Rendered:
    """Somebody else signed in meanwhile: nothing of what was sent has been written."""
    return page("auth/someone_else.html")


@blueprint.get("/logg-ut/frontkanal")
def front_channel() -> Response:
    """OpenID Connect Front-Channel Logout 1.0: always the same empty answer, shown in ID-porten's frame only."""
    request_state().frame_ancestors = " ".join(settings().sign_in_origins)
    logout.front_channel(db.store(), client(), request.args.get("iss"), request.args.get("sid"), clock.now())
    return Response("", 200, mimetype="text/plain")


@blueprint.post("/logg-ut/bakkanal")
def back_channel() -> Response:
    """OpenID Connect Back-Channel Logout 1.0."""
    try:
        logout.back_channel(db.store(), client(), request.form.get("logout_token"), clock.now())
    except Refused as refused:
        current_app.logger.warning("back-channel sign-out refused: %s", refused.reason.value)
        return Response('{"error": "invalid_request"}', 400, mimetype="application/json")
    return Response("", 200, mimetype="text/plain")
