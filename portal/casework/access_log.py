"""Who did what with whose record: one line each, which the participant reads on the page Meg."""

from collections.abc import Collection, Mapping

from sqlalchemy import insert, select
from sqlmodel import Session, col

from portal.store.rows import slices
from portal.tables.log import Access, AccessLog, Actor, Updated
from portal.tables.login import LoginNote
from portal.tables.people import Municipality, Participant

ORDER = list(Updated)


def note(session: Session, access: Access, updated: Mapping[int, Collection[Updated]]) -> None:
    """The municipality did this with the records of these participants, and changed so much of each."""
    for some in slices(sorted(updated)):
        named = (
            select(col(Participant.id), col(Municipality.name))
            .join(Municipality, col(Municipality.id) == col(Participant.municipality_id))
            .where(col(Participant.id).in_(some))
            .order_by(col(Participant.id))
        )
        lines = [
            {
                "participant_id": participant,
                "actor": Actor.MUNICIPALITY,
                "actor_name": name,
                "access": access,
                "updated": [kind.value for kind in sorted(updated[participant], key=ORDER.index)],
            }
            for participant, name in session.execute(named)
        ]
        session.execute(insert(AccessLog), lines)


def note_logins(session: Session, notes: Collection[LoginNote]) -> None:
    """Write what was noted of logins, each once, but not of whom nobody is there for any more by that number."""
    numbered = select(col(Participant.id), col(Participant.pid_index)).where(
        col(Participant.id).in_({note.participant_id for note in notes})
    )
    known = {(row.id, row.pid_index) for row in session.execute(numbered)}
    for note in notes:
        same = (
            col(AccessLog.participant_id) == note.participant_id,
            col(AccessLog.at) == note.at,
            col(AccessLog.access) == note.access,
        )
        is_there = session.execute(select(col(AccessLog.id)).where(*same)).first() is not None
        if (note.participant_id, note.pid_index) in known and not is_there:
            line = AccessLog(participant_id=note.participant_id, at=note.at, actor=note.actor, access=note.access)
            session.add(line)
