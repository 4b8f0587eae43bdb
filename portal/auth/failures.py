"""What a person is told when a sign-in did not work: what happened, and what to do. Never the provider's own words."""

import logging
from dataclasses import dataclass

from flask import Response, make_response, url_for

from portal.auth.reasons import RefusalReason, Refused
from portal.i18n import bilingual
from portal.i18n import gettext as _
from portal.request_state import request_state
from portal.web.respond import page

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FailureText:
    """Heading, advice, and the HTTP status of the page. `again`: sign in with identification anew."""

    heading: str
    advice: str
    status: int = 400
    again: bool = False


def explain(reason: RefusalReason) -> FailureText:  # noqa: C901, PLR0911  # one case for each thing there is to say
    """The words for a reason."""
    match reason:
        case RefusalReason.CANCELLED:
            return FailureText(
                bilingual("Du avbrøt innloggingen"), _("Du er ikke logget inn. Prøv igjen når du vil."), 200
            )
        case RefusalReason.STATE_EXPIRED | RefusalReason.EXPIRED:
            return FailureText(bilingual("Det gikk for lang tid"), _("Innloggingen er ikke gyldig lenger. Prøv igjen."))
        case (
            RefusalReason.METADATA_UNAVAILABLE
            | RefusalReason.REQUEST_UNAVAILABLE
            | RefusalReason.TOKEN_UNAVAILABLE
            | RefusalReason.KEYS_UNAVAILABLE
            | RefusalReason.PROVIDER_BUSY
        ):
            return FailureText(bilingual("ID-porten svarer ikke"), _("Vent noen minutter, og prøv igjen."), 503)
        case RefusalReason.LEVEL:
            return FailureText(
                bilingual("Du må logge inn på en sikrere måte"),
                _("Velg MinID, BankID, Buypass eller Commfides."),
                again=True,
            )
        case RefusalReason.PID_MISSING | RefusalReason.PID_INVALID:
            return FailureText(
                bilingual("Vi fikk ikke fødselsnummeret ditt"),
                _("Du trenger fødselsnummer eller d-nummer. Ring kommunen."),
                again=True,
            )
        case RefusalReason.AUTH_TIME_OLD | RefusalReason.AUTH_TIME:
            return FailureText(
                bilingual("Du må vise hvem du er på nytt"),
                _("Prøv igjen. Da starter innloggingen på nytt."),
                again=True,
            )
        case (
            RefusalReason.STATE_MISSING
            | RefusalReason.BROWSER_UNKNOWN
            | RefusalReason.STATE_UNKNOWN
            | RefusalReason.BROWSER_OTHER
        ):
            return FailureText(
                bilingual("Vi fant ikke innloggingen din"), _("Bruk samme nettleser hele veien. Prøv igjen.")
            )
        case (
            RefusalReason.METADATA_INVALID
            | RefusalReason.METADATA_ISSUER
            | RefusalReason.REQUEST_REFUSED
            | RefusalReason.RESPONSE_ISSUER
            | RefusalReason.PROVIDER_ERROR
            | RefusalReason.CODE_MISSING
            | RefusalReason.TOKEN_REFUSED
            | RefusalReason.TOKEN_MISSING
            | RefusalReason.MALFORMED
            | RefusalReason.ALGORITHM
            | RefusalReason.TYPE
            | RefusalReason.KEY_UNKNOWN
            | RefusalReason.SIGNATURE
            | RefusalReason.ISSUER
            | RefusalReason.AUDIENCE
            | RefusalReason.AUTHORIZED_PARTY
            | RefusalReason.ISSUED_AT
            | RefusalReason.NOT_YET
            | RefusalReason.NONCE
            | RefusalReason.SUBJECT
            | RefusalReason.ACCESS_TOKEN_HASH
            | RefusalReason.EVENTS
            | RefusalReason.SESSION_ID
            | RefusalReason.TOKEN_ID
            | RefusalReason.REPLAYED
            | RefusalReason.METHODS
            | RefusalReason.TEST_PERSON
        ):
            return FailureText(bilingual("Innloggingen virket ikke"), _("Det er ikke din feil. Prøv igjen."))


def failed(refused: Refused, next_path: str) -> Response:
    """The calm page, and one line in the log: the code, and at most a code of the provider's."""
    log.warning("sign-in refused: %s %s", refused.reason.value, refused.detail)
    return failure_page(refused.reason, next_path)


def failure_page(reason: RefusalReason, next_path: str) -> Response:
    """The page alone; its address is one that can be asked for again, in another language say."""
    said = explain(reason)
    request_state().address = url_for("auth.not_signed_in", kode=reason.value, next=next_path)
    response = make_response(page("auth/failed.html", said.status, said=said, reason=reason.value, next_path=next_path))
    if said.status == 503:
        response.headers["Retry-After"] = "120"
    return response
