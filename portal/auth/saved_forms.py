"""What was typed when the login had ended: kept for an hour, for the same person in the same browser, sealed."""

import json
from datetime import datetime
from urllib.parse import urlsplit

from flask import current_app, request
from sqlalchemy import ColumnElement, delete, select
from sqlmodel import Session, col
from werkzeug.datastructures import MultiDict

from portal import clock
from portal.auth import cookies
from portal.auth.cookies import Cookie, digest
from portal.auth.logins import KEPT
from portal.request_state import request_state
from portal.store import db
from portal.tables.columns import new_public_id
from portal.tables.login import SavedForm
from portal.web import csrf, language

LONGEST = 50_000
AGAIN = "igjen"
_PLACE = "saved_form.fields"
_OURS = (csrf.FIELD, language.FIELD)


def keep(session: Session, participant_id: int, browser: str, page: str, now: datetime) -> str:
    """Keep the fields of the sent form; gives the address of `page` that shows them again. What is old goes."""
    session.execute(delete(SavedForm).where(col(SavedForm.created_at) < now - KEPT))
    path = urlsplit(page).path
    fields = json.dumps([item for item in request.form.items(multi=True) if item[0] not in _OURS])
    if path == "/" or len(fields) > LONGEST:
        return page
    session.execute(delete(SavedForm).where(*_own(participant_id, browser, path)))
    public_id = new_public_id()
    sealed = session.info["vault"].seal(fields, _PLACE, public_id)
    session.add(
        SavedForm(
            public_id=public_id,
            participant_id=participant_id,
            browser_hash=digest(browser),
            page=path,
            fields=sealed,
            created_at=now,
        )
    )
    return f"{path}?{AGAIN}=1"


def typed() -> MultiDict[str, str] | None:
    """What the person at this page typed on it before the login ended; None where nothing was kept."""
    browser = cookies.read(current_app.extensions["settings"], Cookie.BROWSER)
    person = request_state().person
    if AGAIN not in request.args or browser is None or person is None:
        return None
    mine = (*_own(person.id, browser, request.path), col(SavedForm.created_at) >= clock.now() - KEPT)
    with db.short_read_session() as session:
        row = session.execute(select(col(SavedForm.public_id), col(SavedForm.fields)).where(*mine)).first()
    if row is None:
        return None
    fields = json.loads(db.store().vault.open(row.fields, _PLACE, row.public_id))
    return MultiDict([(name, value) for name, value in fields])


def forget(session: Session, participant_id: int) -> None:
    """Throw away what a person typed: they signed out."""
    session.execute(delete(SavedForm).where(col(SavedForm.participant_id) == participant_id))


def _own(participant_id: int, browser: str, path: str) -> tuple[ColumnElement[bool], ...]:
    return (
        col(SavedForm.participant_id) == participant_id,
        col(SavedForm.browser_hash) == digest(browser),
        col(SavedForm.page) == path,
    )
