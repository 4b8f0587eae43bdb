"""Where what somebody sent stands, in one word."""

from typing import NamedTuple

from portal.i18n import bilingual, msgid
from portal.tables.leave import WAITING, RequestForm, RequestStatus


class RequestSign(NamedTuple):
    """The colour of a status and its word."""

    kind: str
    word: str


_SIGNS = {
    RequestStatus.SENT: RequestSign("wait", msgid("Sendt")),
    RequestStatus.RECEIVED: RequestSign("wait", msgid("Mottatt")),
    RequestStatus.MORE_INFORMATION: RequestSign("act", msgid("Kommunen trenger å vite mer")),
    RequestStatus.GRANTED: RequestSign("ok", msgid("Innvilget")),
    RequestStatus.PARTLY_GRANTED: RequestSign("ok", msgid("Delvis innvilget")),
    RequestStatus.REFUSED: RequestSign("no", msgid("Avslått")),
    RequestStatus.WITHDRAWN: RequestSign("off", msgid("Trukket tilbake")),
}
_TOLD = RequestSign("ok", msgid("Du har sagt fra"))


def request_sign(form: RequestForm, status: RequestStatus) -> RequestSign:
    """The sign of a request. Nobody decides a report: it is told until the municipality asks or says otherwise."""
    waits = status in WAITING and status is not RequestStatus.MORE_INFORMATION
    kind, word = _TOLD if form is RequestForm.REPORT and waits else _SIGNS[status]
    return RequestSign(kind, bilingual(word))
