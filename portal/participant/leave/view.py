"""What was sent, as its pages show it: status, who acts next and when, what happened, the decision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from markupsafe import Markup

from portal.casework import extents, requests
from portal.casework.facts import KnownRequest
from portal.casework.snapshot import SnapshotPart
from portal.casework.texts import LocalizedText
from portal.clock import local
from portal.i18n import BY_ID, NORWEGIAN, Language, bilingual, msgid, plain, translator
from portal.i18n import gettext as _
from portal.i18n.extents import granted as sentences
from portal.i18n.extents import summary
from portal.i18n.format import wall_clock
from portal.i18n.requests import request_sign
from portal.i18n.terms import StatusLabel, leave_kind, leave_picture
from portal.law.calendar import add_days, next_working_day
from portal.law.extent import Extent
from portal.law.vocabulary import AllowanceEffect, Outcome
from portal.participant.leave import labels as say
from portal.participant.leave.queries import RequestEventRow, RequestRow
from portal.tables.leave import WAITING, LeaveEventKind, RequestForm, RequestStatus

Row = KnownRequest | RequestRow


@dataclass(frozen=True, slots=True)
class RequestListItem:
    """A request in the list."""

    public_id: str
    title: str
    picture: str
    days: Markup
    granted: tuple[Markup, ...]
    status: StatusLabel
    waiting: bool


@dataclass(frozen=True, slots=True)
class ShownPreview:
    """What stood before sending, in the language of then; with the bokmål where that is another language."""

    language: Language
    own: tuple[SnapshotPart, ...]
    norwegian: tuple[SnapshotPart, ...] | None


@dataclass(frozen=True, slots=True)
class AlreadySent:
    """What was sent before of the same days."""

    public_id: str
    heading: Markup
    title: str
    days: Markup
    withdrawable: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the timeline; `text` is what the municipality wrote."""

    when: Markup
    what: Markup
    picture: str
    detail: Markup | None = None
    text: LocalizedText | None = None


def title(row: Row) -> str:
    """The short name of what was asked."""
    return leave_kind(row.kind, row.reason)


def plain_title(row: Row) -> str:
    """The same for the page's title."""
    return leave_kind(row.kind, row.reason, plain)


def days(row: Row) -> Markup:
    """What was asked for: from which day to which, and the hours where it is part of a day."""
    return summary(extents.asked(row))


def granted(row: Row) -> tuple[Markup, ...]:
    """What was granted, in whole sentences, and that the other days asked for are not; empty where nothing is."""
    extent = extents.granted(row)
    return () if extent is None else sentences(extent, extents.asked(row))


def is_told(row: Row) -> bool:
    """Whether it was a report, which nobody decides."""
    return row.form is RequestForm.REPORT


def may_withdraw(row: Row, today: date) -> bool:
    """Whether the participant may take it back today."""
    return requests.may_be_withdrawn(row.status, row.form, row.last_day, today) is None


def is_known(row: Row) -> bool:
    """Whether the municipality has it: it said so, or has done something with it."""
    return requests.is_known(row.status, row.fetched_at)


def call_too(row: Row, today: date) -> bool:
    """Whether a report that the municipality has not fetched is of days so near that one had better call."""
    near = next_working_day(add_days(today, 1))
    return is_told(row) and not is_known(row) and row.first_day <= near and today <= row.last_day


def answer_by(row: Row, answer_days: int) -> date:
    """The latest day for an answer."""
    return requests.answer_by(row.sent_at, answer_days)


def status(row: Row, answer_days: int, today: date) -> StatusLabel:
    """Where the request stands."""
    latest = answer_by(row, answer_days)
    sign = request_sign(row.form, row.status, is_late=latest < today, is_known=is_known(row))
    return StatusLabel(*sign, _told(row) if is_told(row) and row.status in _WAITS else _applied(row, latest, today))


_WAITS = (RequestStatus.SENT, RequestStatus.RECEIVED)


def _told(row: Row) -> Markup:
    if is_known(row):
        return _("Kommunen vet det. Du trenger ikke vente på svar.")
    day, time = translator().day_long(local(row.sent_at).date()), translator().clock(wall_clock(row.sent_at))
    return _("Sendt %(day)s kl. %(time)s. Kommunen har ikke hentet meldingen ennå.", day=day, time=time)


def _applied(row: Row, latest: date, today: date) -> Markup:
    match row.status:
        case RequestStatus.SENT | RequestStatus.RECEIVED if latest < today:
            return _("Svaret er forsinket. Ring rådgiveren din.")
        case RequestStatus.SENT:
            return _("Kommunen svarer senest %(day)s.", day=translator().day_long(latest))
        case RequestStatus.RECEIVED:
            return _("Kommunen har fått søknaden. Du får svar senest %(day)s.", day=translator().day_long(latest))
        case RequestStatus.WITHDRAWN if row.last_day >= today:
            return _("Da gjelder det ikke lenger. Du må komme som vanlig.")
        case _:
            return _(_MEANS[row.status])


_MEANS = {
    RequestStatus.MORE_INFORMATION: msgid("Ring eller skriv til rådgiveren din nå."),
    RequestStatus.GRANTED: msgid("Kommunen sa ja til det du søkte om."),
    RequestStatus.PARTLY_GRANTED: msgid("Kommunen sa ja til en del av det du søkte om."),
    RequestStatus.REFUSED: msgid("Kommunen sa nei. Les grunnen."),
    RequestStatus.WITHDRAWN: msgid("Du trenger ikke gjøre noe."),
}


def lines(rows: Sequence[KnownRequest], answer_days: int, today: date) -> list[RequestListItem]:
    """The list: what waits first, newest first within."""
    shown = [
        RequestListItem(
            public_id=row.public_id,
            title=title(row),
            picture=leave_picture(row.kind, row.reason),
            days=days(row),
            granted=granted(row),
            status=status(row, answer_days, today),
            waiting=row.status in WAITING and not is_told(row),
        )
        for row in rows
    ]
    return sorted(shown, key=lambda line: not line.waiting)


def already_sent(rows: Sequence[KnownRequest], today: date) -> list[AlreadySent]:
    """What was sent before of the same days, with the way to it."""
    return [AlreadySent(row.public_id, _said(row), title(row), days(row), may_withdraw(row, today)) for row in rows]


def _said(row: KnownRequest) -> Markup:
    if row.status not in WAITING:
        return bilingual("Du har allerede fri")
    return (
        bilingual("Du har allerede sagt fra om dette") if is_told(row) else bilingual("Du har allerede søkt om dette")
    )


def entries(
    happened: Sequence[RequestEventRow],
    told: bool,
    texts: Mapping[int, LocalizedText],
    decided_on: Mapping[str, date],
) -> list[Entry]:
    """The timeline, newest first; an answer on the day that it was decided, by its decision (`decided_on`)."""
    return [
        Entry(
            when=_moment(event, decided_on.get(event.params.get("decision", ""))),
            what=say.event_text(event.kind, told),
            picture=say.event_picture(event.kind),
            detail=_granted_then(event.params),
            text=texts.get(event.params.get("text_id") or 0),
        )
        for event in happened
    ]


def text_ids(happened: Sequence[RequestEventRow]) -> list[int | None]:
    """The texts that the timeline needs."""
    return [event.params.get("text_id") for event in happened if event.kind is LeaveEventKind.MORE_INFORMATION]


def _granted_then(params: Mapping[str, str]) -> Markup | None:
    """What an answer granted, as it stood then."""
    if "from" not in params:
        return None
    hours = Decimal(params["hours"]) if "hours" in params else None
    times = [time.fromisoformat(params[name]) for name in ("start", "end") if name in params]
    return summary(Extent(date.fromisoformat(params["from"]), date.fromisoformat(params["to"]), hours, *times))


def said_before(row: RequestRow) -> tuple[Markup, ...]:
    """What the portal said when it was sent, from the figures that were stored; empty where the sentences are kept."""
    if row.shown is not None:
        return ()
    seen = row.seen
    said = []
    if "outcome" in seen:
        said.append(_(_OUTCOMES[Outcome(seen["outcome"])]))
    if quota := seen.get("quota"):
        said.append(
            _(
                "Du hadde brukt %(used)s av %(limit)s dager. Etter dette ville du hatt %(left)s igjen.",
                used=translator().number(quota["used"]),
                left=translator().number(max(0, quota["left"])),
                limit=translator().number(quota["limit"]),
            )
        )
    if "allowance" in seen:
        said.append(_(_EFFECTS[AllowanceEffect(seen["allowance"])]))
    return tuple(said)


def shown(row: RequestRow) -> ShownPreview | None:
    """What stood before it was sent, as it stood then; None where that was not kept."""
    if row.shown is None:
        return None
    language = BY_ID[row.language]
    norwegian = None if language.reads_norwegian else row.shown[NORWEGIAN.id]
    return ShownPreview(language, row.shown[row.language], norwegian)


def _moment(event: RequestEventRow, decided_on: date | None) -> Markup:
    if decided_on:
        return translator().day_long(decided_on)
    at = local(event.at)
    return _(
        "%(day)s kl. %(time)s", day=translator().day_long(at.date()), time=translator().clock(wall_clock(event.at))
    )


#: What the portal said before sending, while it kept figures and no sentences.
_OUTCOMES = {
    Outcome.RIGHT: msgid("Etter reglene har du rett til dette."),
    Outcome.DISCRETION: msgid("Kommunen bestemmer."),
    Outcome.NOT_AVAILABLE: msgid("Dette står ikke i reglene. Kommunen svarer deg."),
}
_EFFECTS = {
    AllowanceEffect.KEPT: msgid("Du beholder stønaden."),
    AllowanceEffect.KEPT_IF_GRANTED: msgid("Du beholder stønaden hvis kommunen sier ja."),
    AllowanceEffect.NONE: msgid("Du får ikke stønad for disse dagene."),
    AllowanceEffect.NONE_IF_GRANTED: msgid("Du får ikke stønad for disse dagene."),
    AllowanceEffect.NOT_APPLICABLE: msgid("Du taper ikke penger på dette."),
}
