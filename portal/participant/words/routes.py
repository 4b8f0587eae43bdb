"""The page where a wrong word is reported."""

from urllib.parse import urlsplit
from uuid import UUID, uuid4

from flask import Blueprint, current_app, redirect, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as Answer

from portal import clock
from portal.auth import saved_forms
from portal.auth.guard import participant_id
from portal.casework import word_reports
from portal.i18n import translator
from portal.i18n.wordings import messages_saying
from portal.participant.words.forms import WordReportForm
from portal.store.db import session
from portal.tables.log import Actor
from portal.web.language import changing
from portal.web.respond import Rendered, page

blueprint = Blueprint("words", __name__, url_prefix="/feil-ord")
FRONT = "/"


@blueprint.get("")
def index() -> Rendered:
    """The form, for the page that the reader comes from."""
    form = WordReportForm(formdata=saved_forms.typed(), idempotency_key=str(uuid4()))
    form.page.data = form.page.data or _came_from()
    return _page(form)


@blueprint.post("")
def report() -> Rendered | Answer:
    """Send the report, and say that it is sent."""
    form = WordReportForm()
    if changing():
        return _page(form)
    if not form.validate():
        return _page(form, 422)
    language, words = translator().language, form.message.data.strip()
    reported = word_reports.WordReport(
        public_id=str(UUID(form.idempotency_key.data)), page=_route(form.page.data), language=language.id, words=words,
        instead=(form.instead.data or "").strip(), messages=messages_saying(language, words),
    )  # fmt: skip
    word_reports.report(session(), Actor.PARTICIPANT, participant_id(), reported, clock.now())
    session().commit()
    return redirect(url_for("words.index", sendt=1), 303)


def _came_from() -> str:
    """The route of the page that the browser says the reader comes from; the front page's for any other place."""
    try:
        parts = urlsplit(request.referrer or "")
        adapter = current_app.create_url_adapter(request)
        assert adapter is not None  # in a request
        rule, _values = adapter.match(parts.path, method="GET", return_rule=True)
    except (ValueError, HTTPException):  # no address, or none of ours
        return FRONT
    return str(rule) if parts.netloc == request.host else FRONT


def _route(typed: str | None) -> str:
    """The route named by the form: one of the portal's own, else the front page's. An address with ids is none."""
    return next((str(rule) for rule in current_app.url_map.iter_rules() if str(rule) == typed), FRONT)


def _page(form: WordReportForm, status: int = 200) -> Rendered:
    return page("participant/words/index.html", status, form=form, sent="sendt" in request.args)
