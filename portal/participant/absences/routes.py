"""Addresses of the absences: what is registered, one of them, and saying that it is wrong."""

from datetime import date, timedelta
from uuid import UUID, uuid4

from flask import Blueprint, abort, redirect, url_for
from werkzeug.wrappers import Response as Answer

from portal import clock
from portal.auth import saved_forms
from portal.auth.guard import participant_id, signed_in
from portal.casework import day_picture, facts, objections, texts
from portal.casework.days import lessons
from portal.casework.deductions import accounts
from portal.casework.read_marks import mark_read
from portal.casework.result import Refusal
from portal.casework.situation import situation_of
from portal.casework.standing import standing
from portal.i18n import gettext as _
from portal.i18n import translator
from portal.participant.absences import labels as say
from portal.participant.absences import objection_views, overview, queries, view
from portal.participant.absences.counters import counters
from portal.participant.absences.forms import ObjectionForm
from portal.store.db import session
from portal.tables.log import Actor
from portal.tables.people import ReadSubject
from portal.web import older
from portal.web.free_text import LONGEST_MESSAGE, written_in
from portal.web.language import changing
from portal.web.respond import Rendered, page

blueprint = Blueprint("absences", __name__, url_prefix="/fravaer")

DAYS_LOOKED_BACK = timedelta(days=14)


@blueprint.get("")
def index() -> Rendered:
    """What waits, what was sent, what is left of each quota, and what is told and registered, newest first."""
    opened, me, now = session(), participant_id(), clock.now()
    today = clock.local(now).date()
    record, stands = facts.read(opened, me), standing(signed_in(), today)
    since = older.since(today)
    items = view.items(record, queries.traces(opened, me), accounts(opened, me), since)
    told = overview.told(day_picture.said_of(opened, me, since, date.max), record.absences, today)
    return page(
        "participant/absences/index.html",
        absences=overview.by_month(record, items, told, today),
        sent=overview.sent(record, today),
        sent_count=len(record.requests),
        not_registered=view.not_registered(lessons(opened, me, today - DAYS_LOOKED_BACK, today), now),
        counters=counters(record, today) if stands.has_quotas else [],
        is_over=stands.is_over,
        has_older=len(items) < len(record.absences),
        wants_all=older.wants_all(),
    )


@blueprint.get("/<uuid:public_id>")
def show(public_id: UUID) -> Rendered:
    """One absence: what it does to the money, the rule, who wrote it down, and how to object."""
    opened, me = session(), participant_id()
    record, row = _absence(public_id)
    said = objection_views.objections(opened, me, row.id)
    answers = texts.read(opened, me, (each.answer_text_id for each in said), translator().language.id)
    return page(
        "participant/absences/show.html",
        item=view.item(
            record, row, queries.traces(opened, me).get(row.id, ()), accounts(opened, me).get(row.id, view.NOTHING)
        ),
        rule=say.rule(row.kind, row.verdict),
        changes=view.changes(queries.corrections(opened, me, row.id)),
        contact=situation_of(opened, me, clock.today()),
        objections=objection_views.shown(said, answers),
    )


@blueprint.get("/<uuid:public_id>/feil")
def ask_what_is_wrong(public_id: UUID) -> Rendered | Answer:
    """The form by which one says that an absence is wrong; the absence itself where that is said already."""
    record, row = _absence(public_id)
    if objections.waiting(session(), participant_id(), row.id):
        return redirect(url_for("absences.show", public_id=public_id, _anchor="contest"), 303)
    return _objection_page(record, row, ObjectionForm(formdata=saved_forms.typed(), idempotency_key=str(uuid4())))


@blueprint.post("/<uuid:public_id>/feil")
def objection(public_id: UUID) -> Rendered | Answer:
    """Say that an absence is wrong. Sent twice it is said once, and only one may wait for an answer."""
    record, row = _absence(public_id)
    form = ObjectionForm()
    if changing():
        return _objection_page(record, row, form)
    if not form.validate():
        return _objection_page(record, row, form, 422)
    said = objections.NewObjection(
        str(UUID(form.idempotency_key.data)),
        row,
        form.message.data.strip(),
        form.paper.data == "yes",
        written_in(form.message.data),
    )
    refused = objections.submit(session(), Actor.PARTICIPANT, participant_id(), said, clock.now())
    if refused is Refusal.ANOTHER_WAITS:
        form.message.errors = (_("Du har allerede sagt fra om dette. Vent på svaret."),)
        return _objection_page(record, row, form, 409)
    session().commit()
    return redirect(url_for("absences.show", public_id=public_id, _anchor="contest"), 303)


@blueprint.post("/<uuid:public_id>/feil/trekk")
def withdraw(public_id: UUID) -> Answer:
    """Take back what was said, as long as nobody has answered."""
    waiting = objections.waiting(session(), participant_id(), _absence(public_id)[1].id)
    if waiting:
        objections.withdraw(session(), Actor.PARTICIPANT, waiting, clock.now())
        session().commit()
    return redirect(url_for("absences.show", public_id=public_id, _anchor="contest"), 303)


@blueprint.post("/<uuid:public_id>/feil/lest")
def read_answers(public_id: UUID) -> Answer:
    """The participant has read the answer."""
    me = participant_id()
    for said in objection_views.objections(session(), me, _absence(public_id)[1].id):
        if said.answered_on:
            mark_read(session(), me, ReadSubject.OBJECTION, said.public_id, clock.now())
    session().commit()
    return redirect(url_for("absences.show", public_id=public_id, _anchor="contest"), 303)


def _absence(public_id: UUID) -> tuple[facts.LegalFacts, facts.KnownAbsence]:
    """The participant's absence with the record it stands in; 404 where there is none."""
    record = facts.read(session(), participant_id())
    row = next((row for row in record.absences if row.public_id == str(public_id)), None)
    if row is None:
        abort(404)
    return record, row


def _objection_page(
    record: facts.LegalFacts, row: facts.KnownAbsence, form: ObjectionForm, status: int = 200
) -> Rendered:
    return page(
        "participant/absences/objection.html",
        status,
        form=form,
        item=view.item(record, row),
        most_words=LONGEST_MESSAGE,
    )
