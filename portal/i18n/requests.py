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
_TOLD, _LATE = msgid("Du har sagt fra"), RequestSign("wait", msgid("Venter på svar"))


def request_sign(
    form: RequestForm, status: RequestStatus, *, is_late: bool = False, is_known: bool = True
) -> RequestSign:
    """The sign of a request. Nobody decides a report: it is told until the municipality asks or says otherwise, and
    waits only until it is fetched (`is_known`). `is_late`: the answer should have come.
    """
    kind, word = _SIGNS[status]
    if status in WAITING and status is not RequestStatus.MORE_INFORMATION:
        if form is RequestForm.REPORT:
            kind, word = "ok" if is_known else "wait", _TOLD
        elif is_late:
            kind, word = _LATE
    return RequestSign(kind, bilingual(word))
