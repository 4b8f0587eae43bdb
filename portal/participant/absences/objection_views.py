"""What a participant has said is wrong with an absence, and what the municipality answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from portal.casework.objections import PLACE, WAITING
from portal.casework.read_marks import mark_of
from portal.casework.texts import LocalizedText
from portal.i18n import bilingual, msgid
from portal.i18n import gettext as _
from portal.i18n.terms import StatusLabel
from portal.tables.absence import AbsenceObjection, ObjectionStatus
from portal.tables.people import ReadMarker, ReadSubject
from portal.tables.rows import labelled


class ObjectionRow(NamedTuple):
    """A objection as it stands. `words` is opened; `read`: the participant said that the answer was read."""

    public_id: str
    message: str
    has_paper: bool
    language: str
    status: ObjectionStatus
    sent_at: datetime
    answered_on: date | None
    answer_text_id: int | None
    read: bool


@dataclass(frozen=True, slots=True)
class ObjectionView:
    """A objection with the reasons of the answer, and its status in the words of when it is printed."""

    sent: ObjectionRow
    answer: LocalizedText | None

    @property
    def label(self) -> StatusLabel:
        """Its status."""
        return _label(self.sent.status)

    @property
    def waiting(self) -> bool:
        """Whether nobody has answered yet."""
        return self.sent.status in WAITING

    @property
    def stands(self) -> bool:
        """Whether the municipality does not agree."""
        return self.sent.status is ObjectionStatus.STANDS


_OBJECTIONS = (
    select(*labelled(ObjectionRow, AbsenceObjection, read=col(ReadMarker.id).is_not(None)))
    .outerjoin(ReadMarker, mark_of(ReadSubject.OBJECTION, AbsenceObjection.public_id))
    .where(col(AbsenceObjection.participant_id) == bindparam("participant_id"))
    .where(col(AbsenceObjection.absence_id) == bindparam("absence_id"))
    .order_by(col(AbsenceObjection.id).desc())
)


def objections(session: Session, participant_id: int, absence_id: int) -> list[ObjectionRow]:
    """Everything the participant has said of an absence, newest first."""
    vault = session.info["vault"]
    rows = session.execute(_OBJECTIONS, {"participant_id": participant_id, "absence_id": absence_id})
    return [ObjectionRow._make(row)._replace(message=vault.open(row.message, PLACE, row.public_id)) for row in rows]


def shown(sent: Sequence[ObjectionRow], answers: Mapping[int, LocalizedText]) -> list[ObjectionView]:
    """The objections in words."""
    return [ObjectionView(row, answers.get(row.answer_text_id or 0)) for row in sent]


def mark(status: ObjectionStatus | None) -> StatusLabel | None:
    """The sign in the list; None where nothing was said, or it was taken back."""
    if status in (None, ObjectionStatus.WITHDRAWN):
        return None
    return _label(status)


_ANSWERED = msgid("Rådgiveren din svarer. Du trenger ikke gjøre noe.")
#: The colour and the word of a status, and what it means.
_STATUS = {
    ObjectionStatus.SENT: ("wait", msgid("Sendt"), _ANSWERED),
    ObjectionStatus.RECEIVED: (
        "wait",
        msgid("Mottatt"),
        msgid("Rådgiveren din svarer. Du trenger ikke gjøre noe."),
    ),
    ObjectionStatus.CORRECTED: ("ok", msgid("Rettet"), msgid("Kommunen er enig. Fraværet blir rettet.")),
    ObjectionStatus.STANDS: ("no", msgid("Ikke endret"), msgid("Kommunen mener at fraværet er riktig.")),
    ObjectionStatus.WITHDRAWN: ("off", msgid("Trukket tilbake"), msgid("Du trenger ikke gjøre noe.")),
}


def _label(status: ObjectionStatus) -> StatusLabel:
    kind, word, sentence = _STATUS[status]
    return StatusLabel(kind, bilingual(word), _(sentence))
