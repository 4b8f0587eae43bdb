"""What a person is told when a sign-in did not work: what happened, and what to do. Never the provider's own words."""

import logging
from dataclasses import dataclass

from flask import Response, make_response, url_for

from portal.auth.reasons import Reason, Refused
from portal.i18n import gettext as _
from portal.i18n import two
from portal.request_state import request_state
from portal.web.respond import page

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Said:
    """Heading, advice, and the HTTP status of the page. `again`: sign in with identification anew."""

    heading: str
    advice: str
    status: int = 400
    again: bool = False


def explain(reason: Reason) -> Said:  # noqa: C901, PLR0911  # one case for each thing there is to say
    """The words for a reason."""
    match reason:
        case Reason.CANCELLED:
            return Said(two("Du avbrøt innloggingen"), _("Du er ikke logget inn. Prøv igjen når du vil."), 200)
        case Reason.STATE_EXPIRED | Reason.EXPIRED:
            return Said(two("Det gikk for lang tid"), _("Innloggingen er ikke gyldig lenger. Prøv igjen."))
        case (
            Reason.METADATA_UNAVAILABLE
            | Reason.REQUEST_UNAVAILABLE
            | Reason.TOKEN_UNAVAILABLE
            | Reason.KEYS_UNAVAILABLE
            | Reason.PROVIDER_BUSY
        ):
            return Said(two("ID-porten svarer ikke"), _("Vent noen minutter, og prøv igjen."), 503)
        case Reason.LEVEL:
            return Said(
                two("Du må logge inn på en sikrere måte"), _("Velg MinID, BankID, Buypass eller Commfides."), again=True
            )
        case Reason.PID_MISSING | Reason.PID_INVALID:
            return Said(
                two("Vi fikk ikke nummeret ditt"),
                _("Du trenger fødselsnummer eller d-nummer. Ring kommunen."),
                again=True,
            )
        case Reason.AUTH_TIME_OLD | Reason.AUTH_TIME:
            return Said(
                two("Du må vise hvem du er på nytt"), _("Prøv igjen. Da logger du inn fra begynnelsen."), again=True
            )
        case Reason.STATE_MISSING | Reason.BROWSER_UNKNOWN | Reason.STATE_UNKNOWN | Reason.BROWSER_OTHER:
            return Said(two("Vi fant ikke innloggingen din"), _("Bruk samme nettleser hele veien. Prøv igjen."))
        case (
            Reason.METADATA_INVALID
            | Reason.METADATA_ISSUER
            | Reason.REQUEST_REFUSED
            | Reason.RESPONSE_ISSUER
            | Reason.PROVIDER_ERROR
            | Reason.CODE_MISSING
            | Reason.TOKEN_REFUSED
            | Reason.TOKEN_MISSING
            | Reason.MALFORMED
            | Reason.ALGORITHM
            | Reason.TYPE
            | Reason.KEY_UNKNOWN
            | Reason.SIGNATURE
            | Reason.ISSUER
            | Reason.AUDIENCE
            | Reason.AUTHORIZED_PARTY
            | Reason.ISSUED_AT
            | Reason.NOT_YET
            | Reason.NONCE
            | Reason.SUBJECT
            | Reason.ACCESS_TOKEN_HASH
            | Reason.EVENTS
            | Reason.SESSION_ID
            | Reason.TOKEN_ID
            | Reason.REPLAYED
            | Reason.METHODS
            | Reason.TEST_PERSON
        ):
            return Said(two("Innloggingen virket ikke"), _("Det er ikke din feil. Prøv igjen."))


def failed(refused: Refused, next_path: str) -> Response:
    """The calm page, and one line in the log: the code, and at most a code of the provider's."""
    log.warning("sign-in refused: %s %s", refused.reason.value, refused.detail)
    return told(refused.reason, next_path)


def told(reason: Reason, next_path: str) -> Response:
    """The page alone; its address is one that can be asked for again, in another language say."""
    said = explain(reason)
    request_state().address = url_for("auth.not_signed_in", kode=reason.value, next=next_path)
    response = make_response(page("auth/failed.html", said.status, said=said, reason=reason.value, next_path=next_path))
    if said.status == 503:
        response.headers["Retry-After"] = "120"
    return response
