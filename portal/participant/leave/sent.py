"""What was sent: the list, the receipt, one request, and taking it back."""

from datetime import date
from uuid import UUID

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from portal import clock
from portal.auth.guard import participant_id, signed_in
from portal.casework import decisions, facts, request_records, requests, texts
from portal.casework.decisions import ShownDecision
from portal.casework.result import Refusal, Result
from portal.casework.situation import situation_of
from portal.casework.standing import standing
from portal.i18n import translator
from portal.participant.leave import decided, queries, view
from portal.participant.leave.preview.again import context_again
from portal.participant.leave.preview.four_lines import invalid_absences
from portal.participant.leave.queries import RequestRow
from portal.participant.leave.sent_ticket import SentFacts, sent_ticket
from portal.store.db import session
from portal.tables.leave import RequestStatus
from portal.tables.log import Actor
from portal.web import older
from portal.web.language import changing
from portal.web.respond import Rendered, page

#: Where one has something to say to the adviser.
WRITES = (RequestStatus.MORE_INFORMATION, RequestStatus.REFUSED, RequestStatus.PARTLY_GRANTED)


def index() -> Rendered:
    """What was sent in the last twelve months, or all of it, what waits first."""
    opened, me, today = session(), participant_id(), clock.today()
    since = older.since(today)
    return page(
        "participant/leave/index.html",
        lines=view.lines(facts.requests_lately(opened, me, since), situation_of(opened, me, today).answer_days, today),
        is_over=standing(signed_in(), today).is_over,
        has_older=not older.wants_all() and facts.has_earlier_requests(opened, me, since),
    )


def show(public_id: UUID) -> Rendered:
    """One request: where it stands, what happened, what was sent, what was decided."""
    return _page("participant/leave/show.html", _mine(public_id))


def receipt(public_id: UUID) -> Rendered:
    """The receipt: number, what happens next, whom to call; to be printed."""
    return _page("participant/leave/receipt.html", _mine(public_id))


def ask_to_withdraw(public_id: UUID) -> Rendered | Answer:
    """Ask once more before a request is taken back."""
    sent = _mine(public_id)
    if not view.may_withdraw(sent, clock.today()):
        return redirect(url_for("leave.show", public_id=public_id), 303)
    return _page("participant/leave/withdraw.html", sent)


def withdraw(public_id: UUID) -> Rendered | Answer:
    """Take the request back, unless the municipality has decided; once is enough, be it sent from two tabs."""
    sent = _mine(public_id)
    if changing():
        return _page("participant/leave/withdraw.html", sent)
    while (refused := _withdraw(public_id)) is Refusal.CHANGED_MEANWHILE:
        session().rollback()  # look again
    session().commit()
    sent = _mine(public_id)
    if refused is None or sent.status is RequestStatus.WITHDRAWN:
        home = request.form.get("next") == url_for("home.index")
        return redirect(url_for("home.index") if home else url_for("leave.show", public_id=public_id), 303)
    return _page("participant/leave/show.html", sent, 409)


def _withdraw(public_id: UUID) -> Result:
    stored = request_records.sent(session(), participant_id(), str(public_id))
    if stored is None:
        abort(404)
    return requests.withdraw(session(), Actor.PARTICIPANT, stored, clock.now())


def _mine(public_id: UUID) -> RequestRow:
    found = queries.sent(session(), participant_id(), str(public_id))
    if found is None:
        abort(404)
    return found


def _page(template: str, sent: RequestRow, status: int = 200) -> Rendered:
    opened, me = session(), participant_id()
    today: date = clock.today()
    contact = situation_of(opened, me, today)
    happened = queries.events(opened, sent.id)
    every = decisions.decisions(opened, me) if sent.decision else []
    known = next((row for row in every if row.public_id == sent.decision), None)
    wanted = [*(decisions.text_ids([known]) if known else ()), *view.text_ids(happened)]
    told = texts.read(opened, me, wanted, translator().language.id)
    record = facts.read(opened, me)
    decision = decided.decision(sent, ShownDecision.of(known, told, today), record) if known else None
    meant = context_again(record, sent, queries.due_days(opened, me), today)
    asked = next((told[text_id] for text_id in view.text_ids(happened) if text_id in told), None)
    return page(
        template,
        status,
        ticket=sent_ticket(SentFacts(sent, meant, today, decision, asked)),
        sent=sent,
        title=view.title(sent),
        plain_title=view.plain_title(sent),
        days=view.days(sent),
        told=view.is_told(sent),
        entries=view.entries(happened, view.is_told(sent), told, {row.public_id: row.decided_on for row in every}),
        decision=decision,
        asks=sent.status is RequestStatus.MORE_INFORMATION,
        writes=sent.status in WRITES,
        said_before=view.said_before(sent),
        shown=view.shown(sent),
        invalid=invalid_absences(meant),
        call_too=view.call_too(sent, today),
        withdrawable=view.may_withdraw(sent, today),
        contact=contact,
        conflict=status == 409,
    )
