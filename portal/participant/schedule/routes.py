"""Pages of the timetable."""

from datetime import timedelta
from functools import partial

from flask import Blueprint, request

from portal import clock
from portal.auth.guard import participant_id, signed_in
from portal.casework.day_picture import pictures
from portal.i18n import translator
from portal.participant.schedule.view import monday_of, week
from portal.store.db import session
from portal.web.agenda import lesson_row
from portal.web.respond import Rendered, page

blueprint = Blueprint("schedule", __name__, url_prefix="/timeplan")


@blueprint.get("")
def index() -> Rendered:
    """One week as a list of days."""
    now, me = clock.now(), participant_id()
    monday = monday_of(request.args.get("uke"), clock.local(now).date())
    sunday = monday + timedelta(days=6)
    row = partial(lesson_row, translator=translator(), now=now, hide_place=signed_in().protected_address)
    shown = week(pictures(session(), me, monday, sunday), row, now)
    hidden = any(row.place_hidden for day in shown.days for row in day.rows)
    return page("participant/schedule/index.html", week=shown, places_hidden=hidden)
