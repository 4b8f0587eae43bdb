"""What a participant has said is wrong with an absence, and what the municipality answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from markupsafe import Markup
from sqlalchemy import and_, bindparam, literal, select
from sqlmodel import Session, col

from portal.casework.objections import PLACE, WAITING
from portal.casework.texts import Told
from portal.i18n import gettext as _
from portal.i18n import two
from portal.tables.absence import AbsenceContest, ContestStatus
from portal.tables.people import Readable, ReadMarker
from portal.tables.rows import labelled


class Sent(NamedTuple):
    """A contest as it stands. `words` is opened; `read`: the participant said that the answer was read."""

    public_id: str
    words: str
    has_paper: bool
    language: str
    status: ContestStatus
    sent_at: datetime
    answered_on: date | None
    answer_text_id: int | None
    read: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A contest with the reasons of the answer, and its status in the words of when it is printed."""

    sent: Sent
    answer: Told | None

    @property
    def kind(self) -> str:
        """The colour of its status."""
        return _status(self.sent.status)[0]

    @property
    def word(self) -> Markup:
        """Its status."""
        return _status(self.sent.status)[1]

    @property
    def sentence(self) -> Markup:
        """What its status means."""
        return _status(self.sent.status)[2]

    @property
    def waiting(self) -> bool:
        """Whether nobody has answered yet."""
        return self.sent.status in WAITING

    @property
    def stands(self) -> bool:
        """Whether the municipality does not agree."""
        return self.sent.status is ContestStatus.STANDS


@dataclass(frozen=True, slots=True)
class Mark:
    """How a contest stands, in a word, where absences are listed."""

    kind: str
    word: Markup


_READ = and_(
    col(ReadMarker.participant_id) == bindparam("participant_id"),
    col(ReadMarker.subject) == literal(Readable.CONTEST.value) + col(AbsenceContest.public_id),
)
_CONTESTS = (
    select(*labelled(Sent, AbsenceContest, read=col(ReadMarker.id).is_not(None)))
    .outerjoin(ReadMarker, _READ)
    .where(col(AbsenceContest.participant_id) == bindparam("participant_id"))
    .where(col(AbsenceContest.absence_id) == bindparam("absence_id"))
    .order_by(col(AbsenceContest.id).desc())
)


def contests(session: Session, participant_id: int, absence_id: int) -> list[Sent]:
    """Everything the participant has said of an absence, newest first."""
    vault = session.info["vault"]
    rows = session.execute(_CONTESTS, {"participant_id": participant_id, "absence_id": absence_id})
    return [Sent._make(row)._replace(words=vault.open(row.words, PLACE, row.public_id)) for row in rows]


def shown(sent: Sequence[Sent], answers: Mapping[int, Told]) -> list[Shown]:
    """The contests in words."""
    return [Shown(row, answers.get(row.answer_text_id or 0)) for row in sent]


def mark(status: ContestStatus | None) -> Mark | None:
    """The sign in the list; None where nothing was said, or it was taken back."""
    if status in (None, ContestStatus.WITHDRAWN):
        return None
    kind, word, _sentence = _status(status)
    return Mark(kind, word)


def _status(status: ContestStatus) -> tuple[str, Markup, Markup]:
    match status:
        case ContestStatus.SENT:
            return "wait", two("Sendt"), _("Rådgiveren din svarer. Du trenger ikke gjøre noe.")
        case ContestStatus.RECEIVED:
            return "wait", two("Mottatt"), _("Rådgiveren din svarer. Du trenger ikke gjøre noe.")
        case ContestStatus.CORRECTED:
            return "ok", two("Rettet"), _("Kommunen er enig. Fraværet blir rettet.")
        case ContestStatus.STANDS:
            return "no", two("Ikke endret"), _("Kommunen mener at fraværet er riktig.")
        case ContestStatus.WITHDRAWN:
            return "off", two("Trukket tilbake"), _("Du trenger ikke gjøre noe.")
