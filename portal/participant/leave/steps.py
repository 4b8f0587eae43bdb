"""A request step by step: what it is about, which days, what it means and send. Every step is an address.

Who is ill today is asked for no days: from the first page one comes to what it means, and sends there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from flask import abort, redirect, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Answer

from portal import clock
from portal.auth import saved_forms
from portal.auth.guard import participant_id
from portal.casework import drafts, facts, submission
from portal.casework.day_picture import pictures
from portal.casework.days import lessons
from portal.casework.drafts import Answers
from portal.casework.facts import LegalFacts
from portal.casework.situation import situation_of
from portal.casework.submission import NewRequest
from portal.i18n import bilingual, gettext, translator
from portal.i18n.field_errors import FieldError, error_text
from portal.i18n.parsing import day
from portal.law.calendar import add_years
from portal.participant.leave import day_rows, queries, today_view, view
from portal.participant.leave import labels as say
from portal.participant.leave.choices import GROUPS, Occasion, OptionGroup, of_group
from portal.participant.leave.day_rows import WeekRows
from portal.participant.leave.forms import WORDS, DaysForm, MessageForm, typed, typed_days
from portal.participant.leave.leave_input import LeaveInput, answers_of_day, first_answers, parse
from portal.participant.leave.preview.record import answered, reservation, shown
from portal.participant.leave.preview.request_preview import (
    DaysPreview,
    RequestPreview,
    outside_programme,
    preview_days,
    preview_request,
)
from portal.store.db import session
from portal.tables.leave import RequestForm
from portal.tables.log import Actor
from portal.web.free_text import LONGEST_MESSAGE
from portal.web.language import changing
from portal.web.respond import Rendered, page, part_or_page

CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Tile:
    """A choice as it is shown: its words, its picture, and where it leads when it has choices of its own."""

    label: str
    picture: str
    value: str = ""
    href: str = ""


def new() -> Rendered:
    """Choose what has happened."""
    return _tiles(None)


def new_leave() -> Rendered:
    """Choose what one applies for leave for: all but an illness of today, which one only tells of."""
    return _tiles(None, only_leave=True)


def new_in_group(group: str) -> Rendered:
    """The second choice, where the first was wide."""
    if group not in set(OptionGroup):
        abort(404)
    return _tiles(OptionGroup(group))


def begin() -> Rendered | Answer:
    """Make a draft of what was chosen, and go on to the days; to what it means where the day was chosen with it."""
    if request.form.get("what") not in set(Occasion):
        return _tiles(None, 422)
    what = Occasion(request.form["what"])
    me, now = participant_id(), clock.now()
    today = clock.local(now).date()
    born = _newborn(today) if what.choice.asks.event else None
    chosen = day(request.form.get("first", "")) if what.choice.asks.starts_today else None
    answers = answers_of_day(what, chosen) if chosen else first_answers(what, born)
    public_id = drafts.begin(session(), me, answers, now)
    session().commit()
    step = "means" if chosen else "today" if what.choice.asks.starts_today else "days"
    return redirect(url_for(f"leave.{step}", public_id=public_id), 303)


def days(public_id: UUID) -> Rendered:
    """The form of the days, as far as it is filled in."""
    return _days_page(public_id, _draft(public_id) | typed_days(_saved()))


def keep_days(public_id: UUID) -> Rendered | Answer:
    """Keep the days; go on where they can be understood, and say what to put right where not."""
    answers = _keep(public_id, typed_days(request.form))
    if changing():
        return _days_page(public_id, answers)
    asked = parse(answers, clock.today())
    if not isinstance(asked, LeaveInput):
        return _days_page(public_id, answers, asked, 422)
    return redirect(url_for("leave.means", public_id=public_id), 303)


def preview(public_id: UUID) -> Rendered:
    """Count the days as they are typed: the part for htmx, the same page without."""
    return _days_page(public_id, _keep(public_id, typed_days(request.form)))


def means(public_id: UUID) -> Rendered:
    """What the request means, and the button that sends it."""
    answers = _draft(public_id)
    return _means_page(public_id, _asked(answers, public_id), answers | typed(_saved(), WORDS))


def send(public_id: UUID) -> Rendered | Answer:
    """Send the request. The same draft sent twice is one request with one receipt."""
    answers = _keep(public_id, typed(request.form, WORDS))
    if request.form.get("then") == CHANGE:
        return redirect(url_for("leave.days", public_id=public_id), 303)
    return _send(public_id, _asked(answers, public_id), answers)


def today(public_id: UUID) -> Rendered:
    """An illness of today: the lessons of today, what it means, and the button that sends it."""
    answers = _of_today(_draft(public_id))
    return _means_page(public_id, _asked(answers, public_id), answers | typed(_saved(), WORDS), is_today=True)


def send_today(public_id: UUID) -> Rendered | Answer:
    """Send an illness of today, whatever other days were looked at."""
    answers = _of_today(_keep(public_id, typed(request.form, WORDS)))
    return _send(public_id, _asked(answers, public_id), answers, is_today=True)


def _send(public_id: UUID, asked: LeaveInput, answers: Answers, *, is_today: bool = False) -> Rendered | Answer:
    submission.one_at_a_time(session(), participant_id())
    free_words = answers.get("message", "").strip()
    meant = _previewed(asked)
    wrong = _wrong_words(meant, free_words)
    if changing() or wrong:
        return _means_page(public_id, asked, answers, wrong, is_today=is_today)
    if not meant.sendable:
        return redirect(url_for("leave.today" if is_today else "leave.means", public_id=public_id), 303)
    language = translator().language.id
    told = shown(partial(_previewed, asked), language, has_head=not is_today)
    new = NewRequest(str(public_id), asked.what, asked.request, meant.assessment, free_words, language, told)
    submission.submit(session(), Actor.PARTICIPANT, participant_id(), new, clock.now())
    session().commit()
    return redirect(url_for("leave.receipt", public_id=public_id), 303)


def _wrong_words(meant: RequestPreview, free_words: str) -> FieldError | None:
    """What is wrong with the free words: too many, or none where the municipality must know why."""
    if len(free_words) > LONGEST_MESSAGE:
        return FieldError.TOO_LONG_TEXT
    return FieldError.REASON_MISSING if meant.asks_why and not free_words else None


def _tiles(group: OptionGroup | None, status: int = 200, *, only_leave: bool = False) -> Rendered:
    shown = [what for what in of_group(group) if not (only_leave and what.choice.asks.starts_today)]
    tiles = [Tile(bilingual(what.choice.says), what.choice.picture, what) for what in shown]
    if group is None:
        tiles += [
            Tile(bilingual(sign.word), sign.picture, href=url_for("leave.new_in_group", group=each))
            for each, sign in GROUPS.items()
        ]
    return page(
        "participant/leave/new.html",
        status,
        tiles=tiles,
        group=gettext(GROUPS[group].word) if group else gettext("Søk om permisjon") if only_leave else None,
        back=url_for("leave.new") if group else url_for("absences.index"),
        wrong=status == 422,
    )


def _newborn(today: date) -> date | None:
    """The birth of the youngest child, where the child is in its first year."""
    born = max((child.born for child in facts.participant(session(), participant_id()).children), default=None)
    return born if born and add_years(born, 1) > today else None


def _draft(public_id: UUID) -> Answers:
    """The participant's draft; leads to the receipt where it has been sent already; 404 where it is neither."""
    opened, me = session(), participant_id()
    answers = drafts.answers(opened, me, str(public_id))
    if answers is None:
        sent = queries.sent(opened, me, str(public_id))
        abort(redirect(url_for("leave.receipt", public_id=public_id), 303) if sent else 404)
    return answers


def _keep(public_id: UUID, just_typed: Answers) -> Answers:
    """The draft with what was just typed, kept before anything is judged."""
    answers = _draft(public_id) | just_typed
    drafts.keep(session(), participant_id(), str(public_id), answers, clock.now())
    session().commit()
    return answers


def _saved() -> MultiDict[str, str]:
    """What was typed on this page when the login had ended."""
    return saved_forms.typed() or MultiDict()


def _asked(answers: Answers, public_id: UUID) -> LeaveInput:
    """What a whole draft asks for; leads back to the days where they are not yet understood."""
    asked = parse(answers, clock.today())
    if not isinstance(asked, LeaveInput):
        abort(redirect(url_for("leave.days", public_id=public_id), 303))
    return asked


def _days_page(
    public_id: UUID, answers: Answers, wrong: Mapping[str, FieldError] | None = None, status: int = 200
) -> Rendered:
    choice, today = Occasion(answers["what"]).choice, clock.today()
    record = facts.read(session(), participant_id())
    weeks, answers = _weeks(record, answers, today) if not choice.asks.long else ([], answers)
    form = DaysForm(data=answers)
    for name, found in (wrong or {}).items():
        form[name].errors = (error_text(found),)
    return part_or_page(
        "participant/leave/_preview.html",
        "participant/leave/days.html",
        status,
        form=form,
        weeks=weeks,
        asks=choice.asks,
        question=say.event_question(choice.asks.event) if choice.asks.event else None,
        preview=_preview(record, answers, today),
        public_id=public_id,
        topic=gettext(choice.says),
    )


def _weeks(record: LegalFacts, answers: Answers, today: date) -> tuple[list[WeekRows], Answers]:
    """The days to choose among, and the answers beside them: dates that were typed and stand among the rows are rows
    that were chosen.
    """
    choice = Occasion(answers["what"]).choice
    days = pictures(session(), participant_id(), *day_rows.window(today, begins_before=choice.asks.starts_today))
    offered = day_rows.open_days(days, record, choice.kind)
    chosen = {found for text in answers.get("rows", "").split() if (found := day(text))}
    first = day(answers.get("first", ""))
    last = day(answers.get("last", "")) or first
    if not chosen and first in offered and last in offered:
        chosen = {each for each in offered if first <= each <= last}
        answers = answers | {"first": "", "last": "", "rows": " ".join(map(str, sorted(chosen)))}
    answers = answers | {"offered": " ".join(map(str, offered))}
    return day_rows.weeks(days, offered, chosen, record, today), answers


def _preview(record: LegalFacts, answers: Answers, today: date) -> DaysPreview | None:
    asked = parse(answers, today)
    return preview_days(record, asked, today) if isinstance(asked, LeaveInput) else None


def _of_today(answers: Answers) -> Answers:
    """The draft as one that tells of today, the whole day; 404 where one does not tell of this the same day."""
    what = Occasion(answers["what"])
    if not what.choice.asks.starts_today:
        abort(404)
    return answers_of_day(what, clock.today()) | {name: answers[name] for name in WORDS if name in answers}


def _means_page(
    public_id: UUID, asked: LeaveInput, answers: Answers, wrong: FieldError | None = None, *, is_today: bool = False
) -> Rendered:
    form = MessageForm(data=answers)
    if wrong and not changing():
        form["message"].errors = (error_text(wrong),)
    meant = _previewed(asked)
    opened, me, now = session(), participant_id(), clock.now()
    return page(
        "participant/leave/means.html",
        422 if form.errors else 200,
        form=form,
        meaning=meant,
        told=meant.form is RequestForm.REPORT,
        sent=view.already_sent(meant.said, clock.today()),
        answers=answered(meant),
        reservation=reservation(),
        day=today_view.of_today(opened, me, now, asked.what) if is_today else None,
        contact=situation_of(opened, me, clock.local(now).date()),
        not_sent=saved_forms.AGAIN in request.args,
        public_id=public_id,
        topic=gettext(asked.choice.says),
        most_words=LONGEST_MESSAGE,
    )


def _previewed(asked: LeaveInput) -> RequestPreview:
    opened, me = session(), participant_id()
    record, request = facts.read(opened, me), asked.request
    outside = outside_programme(record, asked)
    timetable = lessons(opened, me, request.first_day, request.last_day) if outside else ()
    return preview_request(record, asked, clock.today(), queries.due_days(opened, me), timetable)
