"""What a participant says that they have read. Nothing else is done by opening a page."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, and_, bindparam, cast, literal_column
from sqlmodel import Session, col

from portal.store.db import add_once
from portal.tables.people import ReadMarker, ReadSubject


def mark_of(kind: ReadSubject, name: Any) -> ColumnElement[bool]:
    """What joins the marker of `participant_id` to the things of a kind, whose public ids, versions or ids are `name`.

    The word stands in the statement itself: no value to bind at each request.
    """
    text = cast(name, String) if isinstance(name.type, Integer) else name
    mine = col(ReadMarker.participant_id) == bindparam("participant_id")
    return and_(mine, col(ReadMarker.subject) == literal_column(f"'{kind}'", String) + text)


def mark_read(session: Session, participant_id: int, kind: ReadSubject, name: str | int, now: datetime) -> None:
    """Note that the thing of this name (a public id, a version, an id) was read at `now`; said twice it is said once.

    The caller has found it to be the participant's own, and commits.
    """
    marker = ReadMarker(participant_id=participant_id, subject=f"{kind}{name}", read_at=now)
    add_once(session, marker, "subject")
