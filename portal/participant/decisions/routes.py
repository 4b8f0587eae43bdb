"""Addresses of the decisions: all of them, newest first, and one of them."""

from dataclasses import replace
from uuid import UUID

from flask import Blueprint, abort, redirect, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.auth.guard import participant_id
from portal.casework import decisions, texts
from portal.casework.read_marks import mark_read
from portal.casework.situation import situation_of
from portal.i18n import decided, translator
from portal.law.vocabulary import Programme
from portal.participant.decisions import queries, view
from portal.participant.decisions.view import DecisionView
from portal.store.db import session
from portal.tables.people import ReadSubject
from portal.web import older
from portal.web.respond import Rendered, page

blueprint = Blueprint("decisions", __name__, url_prefix="/vedtak")


@blueprint.get("")
def index() -> Rendered:
    """The decisions of the last twelve months and those that can be appealed, or all of them, newest first."""
    opened, me, today = session(), participant_id(), clock.today()
    known = decisions.decisions(opened, me)
    lines = view.lines(known, today, older.since(today))
    return page(
        "participant/decisions/index.html",
        lines=lines,
        has_older=len(lines) < len(known),
        situation=situation_of(opened, me, today),
    )


@blueprint.get("/<uuid:public_id>")
def show(public_id: UUID) -> Rendered:
    """One decision: what it means, why, what it rests on, who decided, and how to appeal."""
    opened, me, today = session(), participant_id(), clock.today()
    known = _mine(public_id)
    situation = situation_of(opened, me, today)
    told = texts.read(opened, me, decisions.text_ids([known]), translator().language.id)
    shown = DecisionView.of(known, told, today)
    return page(
        "participant/decisions/show.html",
        decision=replace(
            shown,
            allowance=situation.programme is Programme.INTRODUCTION,
            grant=queries.grant(opened, me, known.id),
        ),
        title=view.title(known),
        plain_title=view.plain_title(known),
        sign=decided.outcome(known.outcome),
        payments=queries.payments(opened, me, known.id),
        situation=situation,
    )


@blueprint.post("/<uuid:public_id>/lest")
def read(public_id: UUID) -> Response:
    """The participant has read the decision; back to the page that it stands on."""
    known = _mine(public_id)
    mark_read(session(), participant_id(), ReadSubject.DECISION, known.public_id, clock.now())
    session().commit()
    if known.request and not known.changed_by:
        return redirect(url_for("leave.show", public_id=known.request), 303)
    return redirect(url_for("decisions.show", public_id=public_id), 303)


def _mine(public_id: UUID) -> decisions.DecisionRow:
    found = decisions.decision(session(), participant_id(), str(public_id))
    if found is None:
        abort(404)
    return found
