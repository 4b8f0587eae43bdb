"""Addresses of the absences: what is registered, and one of them."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, abort

from portal import clock
from portal.absences import queries, view
from portal.absences import words as say
from portal.absences.counters import counters
from portal.auth.guard import participant_id
from portal.db import session
from portal.record import case
from portal.record.days import lessons
from portal.web.respond import Rendered, page

blueprint = Blueprint("absences", __name__, url_prefix="/fravaer")

DAYS_LOOKED_BACK = timedelta(days=14)
SHOWN_FIRST = 10


@blueprint.get("")
def index() -> Rendered:
    """Everything that is registered, newest first, what it means for the money, and what is left of each quota."""
    opened, me, now = session(), participant_id(), clock.now()
    today = clock.local(now).date()
    record = case.read(opened, me)
    items = view.items(record, queries.traces(opened, me))
    return page(
        "absences/index.html",
        items=items,
        documents=[item for item in items if item.document_by],
        told=view.told(record),
        not_registered=view.not_registered(lessons(opened, me, today - DAYS_LOOKED_BACK, today), now),
        counters=counters(record, today),
        shown_first=SHOWN_FIRST,
    )


@blueprint.get("/<uuid:public_id>")
def show(public_id: UUID) -> Rendered:
    """One absence: what it does to the money, the rule, who wrote it down, and how to object."""
    opened, me = session(), participant_id()
    record = case.read(opened, me)
    row = next((row for row in record.absences if row.public_id == str(public_id)), None)
    if row is None:
        abort(404)
    return page(
        "absences/show.html",
        item=view.item(record, row, queries.traces(opened, me).get(row.id, ())),
        rule=say.rule(row.kind, row.verdict),
        changes=view.changes(queries.corrections(opened, me, row.id)),
        contact=queries.contact(opened, me),
    )
