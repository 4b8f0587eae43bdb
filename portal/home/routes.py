"""The front page: home for a participant, an explanation and the way in for everybody else."""

from datetime import timedelta

from flask import Blueprint, g

from portal import clock
from portal.db import session
from portal.home import queries
from portal.home.view import home
from portal.i18n import words
from portal.record.days import coming
from portal.web.language import letters_to_offer
from portal.web.respond import Rendered, page

blueprint = Blueprint("home", __name__)

DAYS_AHEAD = timedelta(days=7)
DECISIONS_NEW_FOR = timedelta(days=30)


@blueprint.get("/")
def index() -> Rendered:
    """Home, or the page before sign-in."""
    person = g.get("person")
    if person is None:
        return page("home/front.html")
    now = clock.now()
    today = clock.local(now).date()
    opened, me = session(), person.id
    shown = home(
        now,
        words(),
        lessons=coming(opened, me, now, today + DAYS_AHEAD),
        tasks=queries.tasks(opened, me, today, today - DECISIONS_NEW_FOR, today + DAYS_AHEAD),
        payment=queries.next_payment(opened, me, today),
        hide_place=person.protected_address,
        start=person.start,
        ended_on=person.ended_on,
    )
    return page("home/index.html", home=shown, person=person, letters=letters_to_offer())
