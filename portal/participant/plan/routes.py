"""Pages of the plan."""

from datetime import date

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.auth.guard import participant_id
from portal.casework import decisions, facts, texts
from portal.casework.read_marks import mark_read
from portal.casework.situation import Situation, situation_of
from portal.i18n import translator
from portal.participant.plan import queries, view, waiting
from portal.participant.plan.longer import longer
from portal.store.db import session
from portal.tables.decision import DecisionKind
from portal.tables.people import EndReason, ReadSubject
from portal.web import older
from portal.web.respond import Rendered, page

blueprint = Blueprint("plan", __name__, url_prefix="/plan")


@blueprint.get("")
def index() -> Rendered:
    """The plan that holds now, or what happens until there is one."""
    me, today = participant_id(), clock.today()
    situation = situation_of(session(), me, today)
    versions = queries.versions(session(), me)
    over = view.over(situation, _stop(me, situation, today), today)
    if not versions:
        return page("participant/plan/none.html", waiting=waiting.waiting(situation, today), over=over)
    base = view.base_of(versions)
    current, *earlier = queries.whole(session(), me, [versions[0], *([base] if base else [])], translator().language.id)
    record = queries.on_record(session(), me)
    before = earlier[0] if earlier else None
    more = longer(facts.read(session(), me), current.plan.end_goal, today)
    shown = view.index(
        versions,
        current,
        before,
        record=record,
        situation=situation,
        longer=more,
        over=over,
        today=today,
        since=older.since(today),
    )
    return page("participant/plan/index.html", plan=shown, just_read="lest" in request.args)


def _stop(me: int, situation: Situation, today: date) -> view.StopView | None:
    """The decision that stopped the programme, where it is stopped."""
    if situation.ended(today) is not EndReason.STOPPED:
        return None
    stop = decisions.newest(decisions.decisions(session(), me), DecisionKind.STOP)
    if stop is None:
        return None
    return view.StopView.of(
        stop, texts.read(session(), me, decisions.text_ids([stop]), translator().language.id), today
    )


@blueprint.get("/versjon/<int:number>")
def version(number: int) -> Rendered:
    """One version of the plan and what changed with it; 404 for a version that is not the participant's."""
    me, today = participant_id(), clock.today()
    versions = queries.versions(session(), me)
    wanted = next((plan for plan in versions if plan.version == number), None)
    if wanted is None:
        abort(404)
    before = versions[versions.index(wanted) + 1 :][:1]
    chosen, *earlier = queries.whole(session(), me, [wanted, *before], translator().language.id)
    situation = situation_of(session(), me, today)
    tests = queries.on_record(session(), me).tests if wanted is versions[0] else ()
    shown = view.page(chosen, earlier[0] if earlier else None, versions[0].version, situation, tests)
    return page("participant/plan/version.html", page=shown, situation=situation)


@blueprint.post("/lest")
def read() -> Response:
    """Note that the participant has read a version."""
    me = participant_id()
    number = request.form.get("versjon", type=int)
    if number not in {plan.version for plan in queries.versions(session(), me)}:
        abort(404)
    mark_read(session(), me, ReadSubject.PLAN, number, clock.now())
    session().commit()
    return redirect(url_for("plan.index", lest=1, _anchor="read"), 303)
