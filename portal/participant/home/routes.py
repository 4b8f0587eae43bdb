"""The front page: home for a participant, an explanation and the way in for everybody else."""

from datetime import date, timedelta

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response as Answer

from portal import clock
from portal.auth.guard import signed_in
from portal.casework.day_picture import said_of
from portal.casework.days import coming
from portal.casework.standing import Standing, standing
from portal.i18n import translator
from portal.law.appeal import MONTHS_AT_MOST
from portal.law.calendar import add_months
from portal.participant.home import now as what_is_now
from portal.participant.home import queries
from portal.participant.home import waiting as what_waits
from portal.participant.home.queries import Found
from portal.participant.home.view import home
from portal.request_state import request_state
from portal.store.db import session
from portal.web.language import is_chosen as language_is_chosen
from portal.web.language import letters_to_offer
from portal.web.respond import Rendered, page

blueprint = Blueprint("home", __name__)

DAYS_AHEAD = timedelta(days=7)
DECISIONS_WAIT_MONTHS = MONTHS_AT_MOST  # after that nobody can appeal any more


@blueprint.get("/")
def index() -> Rendered:
    """Home, or the page before sign-in."""
    person = request_state().person
    if person is None:
        return page("participant/home/front.html", chosen=language_is_chosen())
    now = clock.now()
    today = clock.local(now).date()
    opened, me, last = session(), person.id, today + DAYS_AHEAD
    stands = standing(person, today)
    said = said_of(opened, me, today, last)
    lessons = coming(opened, me, now, today, last)
    found = _found(me, today)
    registered = what_is_now.registered_today(found)
    over = what_is_now.over(opened, me, stands, today)
    shown = home(
        now,
        translator(),
        lessons=lessons,
        said=said,
        found=found,
        payment=queries.next_payment(opened, me, today),
        over=over,
        away=None if over else what_is_now.away(opened, me, now, said=said, registered=registered, lessons=lessons),
        away_until=(registered.last_day if registered else None) or date.min,
        hide_place=person.protected_address,
        not_started=stands is Standing.NOT_STARTED,
    )
    return page("participant/home/index.html", home=shown, person=person, letters=letters_to_offer())


@blueprint.get("/venter")
def waiting() -> Rendered | Answer:
    """All that waits for the participant, and what waits for an answer; home where nothing does."""
    person, today = signed_in(), clock.today()
    found = _found(person.id, today)
    over = what_is_now.over(session(), person.id, standing(person, today), today)
    waits = what_waits.waiting(found, today, over.shown if over else None)
    if waits is None:
        return redirect(url_for("home.index"), 303)
    return page("participant/home/waiting.html", waiting=waits, sent=what_waits.on_its_way(found, today))


def _found(me: int, today: date) -> list[Found]:
    return queries.facts(session(), me, today, add_months(today, -DECISIONS_WAIT_MONTHS))
