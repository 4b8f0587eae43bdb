"""What was refused, and by which rule: one line in the log each, by ids that mean nothing outside the database.

No address is logged, only the route's template, since an address may name a case.
"""

import logging

from flask import Response, request

from portal.request_state import request_state

LOGGED = (403, 404, 429)

log = logging.getLogger(__name__)


def log_denial(answer: Response) -> Response:
    """Log every refusal after its answer is made. What no route knows (a stranger's guesses) is not logged."""
    reason, person = request_state().denied, request_state().person
    if request.url_rule is not None and (reason or answer.status_code in LOGGED):
        log.info(
            "denied %s %s %s: %s, login %s, participant %s",
            answer.status_code,
            request.method,
            request.url_rule,
            reason or "not theirs or not there",
            person.login_id if person else "-",
            person.id if person else "-",
        )
    return answer


def note(reason: str) -> None:
    """Say why this request is refused; never with what was sent."""
    request_state().denied = reason
