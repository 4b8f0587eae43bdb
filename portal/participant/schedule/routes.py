"""Pages of the timetable."""

from datetime import timedelta

from flask import Blueprint, request

from portal import clock
from portal.auth.guard import participant_id, signed_in
from portal.casework.days import breaks, lessons
from portal.i18n import translator
from portal.participant.schedule.view import monday_of, week
from portal.store.db import session
from portal.web.agenda import lesson_row
from portal.web.respond import Rendered, part_or_page

blueprint = Blueprint("schedule", __name__, url_prefix="/timeplan")


@blueprint.get("")
def index() -> Rendered:
    """One week as a list of days."""
    now, me = clock.now(), participant_id()
    monday = monday_of(request.args.get("uke"), clock.local(now).date())
    sunday = monday + timedelta(days=6)
    hide = signed_in().protected_address
    rows = [
        (lesson.day, lesson_row(lesson, translator(), now, hide_place=hide))
        for lesson in lessons(session(), me, monday, sunday)
    ]
    shown = week(monday, rows, breaks(session(), me, monday, sunday), now)
    hidden = any(row.place_hidden for _day, row in rows)
    return part_or_page(
        "participant/schedule/_week.html", "participant/schedule/index.html", week=shown, places_hidden=hidden
    )
