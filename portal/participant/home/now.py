"""What is now: what takes today, and a programme that does not go on."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from markupsafe import Markup
from sqlmodel import Session

from portal.casework import decisions, facts, texts
from portal.casework.day_picture import DayState, Said, away_on
from portal.casework.days import Lesson
from portal.casework.decisions import ShownDecision
from portal.casework.facts import LegalFacts
from portal.casework.requests import may_be_withdrawn
from portal.casework.self_certification import SelfCertified, self_certified, statement_from
from portal.casework.situation import Situation, situation_of
from portal.casework.standing import Standing
from portal.clock import local
from portal.i18n import bilingual, translator
from portal.i18n import gettext as _
from portal.i18n.decided import ended
from portal.i18n.extents import granted, summary
from portal.i18n.format import wall_clock
from portal.i18n.terms import leave_kind, leave_picture
from portal.law.vocabulary import AllowanceEffect, LeaveKind
from portal.participant.home.queries import Fact, Found
from portal.participant.home.waiting import short_day
from portal.tables.decision import DecisionKind

SOON = timedelta(hours=1)  # so near a lesson one had better call as well


class Told(NamedTuple):
    """What was told of today. `undo`: it can be taken back here, since it begins today and the last lesson is not over;
    `asks_first`: it is about other days too. `call`: nobody has fetched it, and it is soon. `tomorrow`: a day with
    lessons of which one may tell as well.
    """

    sent: Markup
    is_illness: bool
    undo: bool
    asks_first: bool
    call: bool
    keeps_allowance: bool
    statement_from: date | None
    certified: SelfCertified | None
    tomorrow: date | None


class Away(NamedTuple):
    """What takes today. `ref` is the request that says so; None where the municipality has registered it."""

    ref: str | None
    picture: str
    title: Markup | str
    lines: tuple[Markup, ...]
    told: Told | None


class Over(NamedTuple):
    """A programme that does not go on; `stop` is the decision that stopped it, `appeal_by` the last day to appeal it,
    and `days_left` how many that leaves.
    """

    standing: Standing
    heading: Markup
    sentence: Markup
    situation: Situation
    last_day: Markup
    stop: ShownDecision | None
    appeal_by: Markup | None
    days_left: int

    @property
    def shown(self) -> str | None:
        """The decision that it tells of, which waits nowhere else."""
        return self.stop.known.public_id if self.stop else None


def away(
    session: Session,
    participant_id: int,
    now: datetime,
    *,
    said: Sequence[Said],
    registered: Found | None,
    lessons: Sequence[Lesson],
) -> Away | None:
    """What takes all of today; None where one is expected. `lessons` are those that are not over."""
    today = local(now).date()
    found = away_on(today, said)
    if found is None:
        return _registered(registered) if registered else None
    title = leave_kind(found.kind, found.reason)
    if found.state is not DayState.TOLD:
        return Away(found.public_id, leave_picture(found.kind, found.reason), title, _granted(found), None)
    if found.kind is LeaveKind.OWN_ILLNESS:
        title = bilingual("Du er syk i dag")
    days = (_("Du har sagt fra: %(days)s", days=summary(found.extent)),) if found.first_day < found.last_day else ()
    told = _told(found, facts.read(session, participant_id), now, lessons, said)
    return Away(found.public_id, leave_picture(found.kind, found.reason), title, days, told)


def _registered(found: Found) -> Away:
    kind = LeaveKind(found.ref)
    first, last = found.first_day or date.min, found.last_day or date.min
    lines = (_until(last),) if kind.law.is_parental else (translator().span(first, last),)
    return Away(None, leave_picture(kind), leave_kind(kind), lines, None)


def _granted(said: Said) -> tuple[Markup, ...]:
    return (_until(said.extent.last_day),) if said.kind.law.is_parental else granted(said.extent, said.asked)


def _until(last: date) -> Markup:
    return _("Permisjonen varer til og med %(day)s. Planen venter på deg.", day=translator().day_long(last))


def _told(said: Said, record: LegalFacts, now: datetime, lessons: Sequence[Lesson], others: Iterable[Said]) -> Told:
    today = local(now).date()
    left = [lesson for lesson in lessons if lesson.day == today]
    seen = next((row.seen for row in record.requests if row.public_id == said.public_id), {})
    needed = statement_from(seen)
    tomorrow = today + timedelta(days=1)
    ill = said.kind is LeaveKind.OWN_ILLNESS
    certified = self_certified(record, today) if ill and not needed else None
    has_lesson = any(lesson.day == tomorrow for lesson in lessons) and not away_on(tomorrow, others)
    return Told(
        sent=_sent(said, today),
        is_illness=said.kind.law.is_illness,
        undo=bool(left)
        and said.first_day == today
        and may_be_withdrawn(said.status, said.form, said.last_day, today) is None,
        asks_first=said.last_day > today,
        call=not said.is_fetched and any(lesson.starts_at - now <= SOON for lesson in left),
        keeps_allowance=seen.get("allowance") == AllowanceEffect.KEPT and not needed,
        statement_from=needed,
        certified=None if certified is None or certified.is_barred else certified,
        tomorrow=tomorrow if ill and has_lesson else None,
    )


def _sent(said: Said, today: date) -> Markup:
    """When it was sent, and whether anybody has it."""
    if said.is_fetched:
        return _("Kommunen vet det. Du trenger ikke vente på svar.")
    day, time = local(said.sent_at).date(), translator().clock(wall_clock(said.sent_at))
    if day == today:
        return _("Sendt kl. %(time)s. Kommunen har ikke hentet meldingen ennå.", time=time)
    return _(
        "Sendt %(day)s kl. %(time)s. Kommunen har ikke hentet meldingen ennå.",
        day=translator().day_long(day),
        time=time,
    )


def over(session: Session, participant_id: int, stands: Standing, today: date) -> Over | None:
    """Why and since when the programme does not go on; None while it does."""
    if not stands.is_over:
        return None
    situation = situation_of(session, participant_id, today)
    reason = situation.ended(today)
    if reason is None or situation.ended_on is None:
        return None
    stop = _stop(session, participant_id, today) if stands is Standing.STOPPED else None
    last = stop.appeal.last_day if stop else None
    heading, sentence = ended(reason)
    return Over(
        standing=stands,
        heading=heading,
        sentence=sentence,
        situation=situation,
        last_day=short_day(situation.ended_on, today),
        stop=stop,
        appeal_by=short_day(last, today) if last else None,
        days_left=(last - today).days if last else 0,
    )


def _stop(session: Session, participant_id: int, today: date) -> ShownDecision | None:
    """The newest decision that stopped the programme, as its reader sees it."""
    known = decisions.newest(decisions.decisions(session, participant_id), DecisionKind.STOP)
    if known is None:
        return None
    told = texts.read(session, participant_id, decisions.text_ids([known]), translator().language.id)
    return ShownDecision.of(known, told, today)


def registered_today(found: Iterable[Found]) -> Found | None:
    """The registered absence that takes today, the longest where there are several."""
    rows = [fact for fact in found if fact.kind is Fact.REGISTERED]
    return max(rows, key=lambda fact: fact.last_day or date.min, default=None)
