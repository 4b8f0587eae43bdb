"""Pages about the participant."""

from uuid import UUID, uuid4

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from portal.auth import kept
from portal.auth.guard import participant_id
from portal.db import session
from portal.i18n import match, words
from portal.me import actions, queries
from portal.me.forms import QuestionForm
from portal.record import texts
from portal.web.language import changing, local_path
from portal.web.respond import Rendered, page

blueprint = Blueprint("me", __name__, url_prefix="/meg")


@blueprint.get("")
def index() -> Rendered:
    """What is registered, who the adviser is, which questions were asked."""
    return _page(QuestionForm(formdata=kept.typed(), once=str(uuid4())))


@blueprint.post("")
def ask() -> Rendered | Answer:
    """Send a question to the adviser."""
    form = QuestionForm()
    if changing():
        return _page(form)
    if not form.validate():
        return _page(form, 422)
    once = str(UUID(form.once.data))
    actions.ask(session(), participant_id(), once, form.words.data.strip(), words().language.id)
    session().commit()
    return redirect(url_for("me.index", sendt=1, _anchor="questions"), 303)


@blueprint.post("/lest/<uuid:public_id>")
def read_answer(public_id: UUID) -> Answer:
    """The participant has read the answer to a question."""
    if not actions.read_answer(session(), participant_id(), str(public_id)):
        abort(404)
    session().commit()
    return redirect(url_for("me.index", _anchor="questions"), 303)


@blueprint.post("/sprak")
def choose_language() -> Answer:
    """Choose the language of letters from the municipality."""
    chosen = match(request.form.get("sprak") or request.form.get("brev", ""))
    if chosen:
        actions.choose_language(session(), participant_id(), chosen)
        session().commit()
    return redirect(local_path(request.form.get("next", url_for("me.index"))), 303)


@blueprint.post("/oversett/<uuid:public_id>")
def ask_for_translation(public_id: UUID) -> Answer:
    """Ask for a text of the municipality in the reader's language, and go back to where it stands."""
    if not actions.ask_for_translation(session(), participant_id(), str(public_id), words().language.id):
        abort(404)
    session().commit()
    return redirect(local_path(request.form.get("next", "/")), 303)


def _page(form: QuestionForm, status: int = 200) -> Rendered:
    opened, me = session(), participant_id()
    asked = queries.questions(opened, me)
    answers = texts.read(opened, me, (item.answer_text_id for item in asked), words().language.id)
    return page(
        "me/index.html",
        status,
        form=form,
        registered=queries.registered(opened, me),
        children=queries.children(opened, me),
        questions=[(item, answers.get(item.answer_text_id or 0)) for item in asked],
        access=queries.access(opened, me),
        sent="sendt" in request.args,
    )
