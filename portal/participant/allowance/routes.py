"""Pages of the allowance."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from portal import clock
from portal.auth.guard import participant_id
from portal.casework import decisions, facts
from portal.casework.deductions import Account, accounts
from portal.casework.read_marks import mark_read
from portal.casework.situation import situation_of
from portal.i18n.field_errors import error_text
from portal.i18n.format import readable
from portal.law.case import Policy
from portal.law.vocabulary import Programme
from portal.participant.allowance import queries, view
from portal.participant.allowance import what_if as what
from portal.participant.allowance.forms import FIELDS, WhatIfForm
from portal.store.db import session
from portal.tables.people import ReadSubject
from portal.web import date_fields, older
from portal.web.respond import Rendered, page, part_or_page

blueprint = Blueprint("allowance", __name__, url_prefix="/stonad")


@blueprint.get("")
def index() -> Rendered:
    """The next payment and those of the last twelve months, or all of them."""
    me, today = participant_id(), clock.today()
    situation = situation_of(session(), me, today)
    since = older.since(today)
    lately = queries.payments_lately(session(), me, since)
    payments = lately or queries.payments(session(), me)
    if situation.programme is Programme.TRAINING_ONLY and not payments:
        return page("participant/allowance/none.html", situation=situation)
    first = view.first_shown(payments, today)
    lines = queries.lines(session(), me, [first.id] if first else [])
    person = facts.participant(session(), me)
    shown = view.index(
        payments,
        first,
        lines,
        decisions=decisions.decisions(session(), me),
        situation=situation,
        participant=person,
        accounts=_accounts(me, lines),
        today=today,
        more=bool(lately) and not older.wants_all() and queries.has_earlier_payments(session(), me, since),
    )
    return page("participant/allowance/index.html", allowance=shown, wants_all=older.wants_all())


@blueprint.get("/hva-hvis")
def what_if() -> Rendered:
    """What the payment would become if one stayed away: an estimate, of which nothing is stored."""
    me, today = participant_id(), clock.today()
    situation = situation_of(session(), me, today)
    if situation.programme is Programme.TRAINING_ONLY:
        return page("participant/allowance/none.html", situation=situation)
    typed_now = {name: readable(request.args[name]) for name in FIELDS if name in request.args}
    dates = {name: date_fields.typed(request.args, name) for name in ("first", "last")}
    typed_now |= {name: readable(text) for name, text in dates.items() if text is not None}
    asked, typed = bool(typed_now.get("first")), what.first_typed(today) | typed_now
    away = what.parse(typed, today)
    form = WhatIfForm(data=typed)
    found: tuple[what.Possible, ...] = ()
    if isinstance(away, what.Away):
        record = facts.read(session(), me)
        found = what.possible(record, away, what.pay_days(record, queries.payments(session(), me)))
    else:
        for name, wrong in away.items():
            form[name].errors = (error_text(wrong),)
    return part_or_page(
        "participant/allowance/_result.html",
        "participant/allowance/what_if.html",
        422 if asked and form.errors else 200,
        form=form,
        away=away if isinstance(away, what.Away) else None,
        payments=found,
        situation=situation,
    )


@blueprint.get("/<month>")
def month(month: str) -> Rendered:
    """The payments for one month, such as 2026-10; 404 where there is none."""
    me, today = participant_id(), clock.today()
    paid = [payment for payment in queries.payments(session(), me) if payment.month == month]
    if not paid:
        abort(404)
    situation = situation_of(session(), me, today)
    lines = queries.lines(session(), me, [payment.id for payment in paid])
    person, policy = facts.participant(session(), me), Policy.of(situation.policy)
    known = decisions.decisions(session(), me)
    changes = queries.changes(session(), me)
    known_accounts = _accounts(me, lines)
    shown = [
        view.with_history(
            view.payment(each, lines, known, person, policy, accounts=known_accounts, today=today), changes, each.id
        )
        for each in paid
    ]
    return page("participant/allowance/month.html", month=month, payments=shown, situation=situation)


@blueprint.post("/<month>/lest")
def read(month: str) -> Answer:
    """The participant has read what was changed of the payments for one month."""
    me = participant_id()
    mine = {payment.id for payment in queries.payments(session(), me) if payment.month == month}
    if not mine:
        abort(404)
    for change in queries.changes(session(), me):
        if change.payment_id in mine:
            mark_read(session(), me, ReadSubject.PAYMENT, change.id, clock.now())
    session().commit()
    return redirect(url_for("allowance.month", month=month), 303)


def _accounts(me: int, lines: Sequence[queries.PaymentLineRow]) -> Mapping[int, Account]:
    """What became of the absences that the lines rest on."""
    return accounts(session(), me) if any(line.absence_id for line in lines) else {}
