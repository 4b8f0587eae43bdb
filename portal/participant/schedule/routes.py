"""Pages of the timetable."""

from datetime import timedelta
from functools import partial

from flask import Blueprint, request

from portal import clock
from portal.auth.guard import participant_id, signed_in
from portal.casework.day_picture import pictures
from portal.i18n import translator
from portal.i18n.format import short_weekday
from portal.participant.schedule.view import day_of, monday_before, monday_of, week
from portal.store.db import session
from portal.web.agenda import lesson_row
from portal.web.respond import Rendered, page

blueprint = Blueprint("schedule", __name__, url_prefix="/timeplan")


@blueprint.get("")
def index() -> Rendered:
    """One week, with one day of it whole: `?uke=2026-49`, `?dag=2026-12-02`."""
    now, me = clock.now(), participant_id()
    today = clock.local(now).date()
    asked = day_of(request.args.get("dag"), today)
    monday = monday_before(asked) if asked else monday_of(request.args.get("uke"), today)
    sunday = monday + timedelta(days=6)
    row = partial(lesson_row, translator=translator(), now=now, hide_place=signed_in().protected_address)
    return page(
        "participant/schedule/index.html",
        week=week(pictures(session(), me, monday, sunday), row, now, asked),
        short_weekday=partial(short_weekday, language=translator().language.id),
    )
