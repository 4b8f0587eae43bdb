"""Pages about the participant."""

from datetime import datetime, time
from uuid import UUID, uuid4

from flask import Blueprint, abort, current_app, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from portal import clock
from portal.auth import saved_forms
from portal.auth.guard import participant_id
from portal.casework import languages, questions, texts
from portal.casework.result import Refusal
from portal.i18n import Language, translator
from portal.participant.me import letters, queries
from portal.participant.me.forms import QuestionForm
from portal.participant.me.labels import updated
from portal.store.db import session
from portal.tables.log import Actor
from portal.web import older
from portal.web.free_text import written_in
from portal.web.language import changing, local_path, shown_languages, stay
from portal.web.respond import Rendered, page

blueprint = Blueprint("me", __name__, url_prefix="/meg")


@blueprint.get("")
def index() -> Rendered:
    """What is registered, who the adviser is, which questions were asked."""
    return _page(QuestionForm(formdata=saved_forms.typed(), idempotency_key=str(uuid4())))


@blueprint.post("")
def ask() -> Rendered | Answer:
    """Send a question to the adviser."""
    form = QuestionForm()
    if changing():
        return _page(form)
    if not form.validate():
        return _page(form, 422)
    asked = questions.NewQuestion(
        str(UUID(form.idempotency_key.data)), form.message.data.strip(), written_in(form.message.data)
    )
    questions.ask(session(), Actor.PARTICIPANT, participant_id(), asked, clock.now())
    session().commit()
    return redirect(url_for("me.index", sendt=1, _anchor="questions"), 303)


@blueprint.post("/lest/<uuid:public_id>")
def read_answer(public_id: UUID) -> Answer:
    """The participant has read the answer to a question."""
    if questions.mark_read(session(), participant_id(), str(public_id), clock.now()):
        abort(404)
    session().commit()
    return redirect(url_for("me.index", _anchor="questions"), 303)


@blueprint.post("/sprak")
def choose_language() -> Answer:
    """Choose the language of letters from the municipality: one that is shown here, or the one on record as it is.

    The language of the page stays: it is chosen elsewhere, and only follows the record where it never was.
    """
    opened, me = session(), participant_id()
    chosen = letters.wanted(request.form.get("brev", ""), _shown(), queries.registered(opened, me, clock.today()))
    if chosen:
        stay()
        languages.choose(opened, Actor.PARTICIPANT, me, chosen, clock.now())
        opened.commit()
    return redirect(local_path(request.form.get("next", url_for("me.index", _anchor="letters"))), 303)


@blueprint.post("/oversett/<uuid:public_id>")
def ask_for_translation(public_id: UUID) -> Answer:
    """Ask for a text of the municipality in the reader's language, and go back to where it stands."""
    me, language = participant_id(), translator().language.id
    refused = languages.ask_for_translation(
        session(), Actor.PARTICIPANT, me, str(public_id), clock.now(), language=language
    )
    if refused is Refusal.NOT_FOUND:
        abort(404)
    session().commit()
    return redirect(local_path(request.form.get("next", "/")), 303)


def _page(form: QuestionForm, status: int = 200) -> Rendered:
    opened, me = session(), participant_id()
    since = datetime.combine(older.since(clock.today()), time.min, clock.OSLO)
    asked = queries.questions(opened, me, since)
    answers = texts.read(opened, me, (item.answer_text_id for item in asked), translator().language.id)
    registered = queries.registered(opened, me, clock.today())
    offered = letters.offered(_shown(), registered)
    return page(
        "participant/me/index.html",
        status,
        form=form,
        registered=registered,
        letters=offered,
        letters_now=next((language for language in offered if language.now), None),
        children=queries.children(opened, me),
        questions=[(item, answers.get(item.answer_text_id or 0)) for item in asked],
        has_older=not older.wants_all() and queries.has_earlier_questions(opened, me, since),
        access=queries.access(opened, me),
        updated=updated,
        sent="sendt" in request.args,
    )


def _shown() -> tuple[Language, ...]:
    return shown_languages(current_app.extensions["settings"])
