"""What stands around every page: whose it is, which languages, where the reader is, whom to call."""

from typing import TYPE_CHECKING, NamedTuple

from flask import current_app, request
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col

from portal.i18n import Language, translator
from portal.request_state import request_state
from portal.store import db
from portal.tables.people import Municipality
from portal.web import csrf
from portal.web.language import choosing, shown_languages

if TYPE_CHECKING:
    from portal.auth.logins import SignedInPerson

SECTIONS = {"home", "plan", "schedule", "absences", "allowance", "me", "leave", "decisions"}
_BEHIND = {"leave": "absences"}
_FEW = 6
_ALWAYS = ("nb", "en")
_MUNICIPALITIES = select(col(Municipality.name), col(Municipality.office), col(Municipality.phone)).order_by(
    col(Municipality.name)
)


class PageContext(NamedTuple):
    """The values of `base.html`."""

    municipality: str
    phone: str
    first_name: str | None
    initials: str
    language: Language
    languages: tuple[Language, ...]
    suggested_languages: tuple[Language, ...]
    choosing: bool
    path: str
    section: str
    is_section_root: bool

    @property
    def signed_in(self) -> bool:
        """Whether the page belongs to somebody."""
        return self.first_name is not None

    @property
    def speaks(self) -> bool:
        """Whether something above this place of the page can be heard."""
        return bool(request_state().is_spoken)

    @property
    def csrf(self) -> str:
        """The token that every form of this page carries."""
        return csrf.token()


def page_context() -> PageContext:
    """The context of this request's page."""
    languages = shown_languages(current_app.extensions["settings"])
    person = request_state().person
    name, phone = (person.municipality, person.phone) if person else _only_municipality()
    section, _, view = (request.endpoint or "").partition(".")
    return PageContext(
        municipality=name,
        phone=phone,
        first_name=person.given_name if person else None,
        initials=person.initials if person else "",
        language=translator().language,
        languages=languages,
        suggested_languages=_suggested_languages(languages, person),
        choosing=choosing(),
        path=_path(),
        section=_BEHIND.get(section, section) if section in SECTIONS else "",
        is_section_root=view == "index"
        and section not in _BEHIND
        and not request.view_args
        and not request.query_string,
    )


def _suggested_languages(languages: tuple[Language, ...], person: "SignedInPerson | None") -> tuple[Language, ...]:
    """The languages in the menu of each page: all where they are few or asked for, else those a reader may want."""
    if len(languages) <= _FEW or choosing():
        return languages
    wanted = {*_ALWAYS, translator().language.id, person.language if person else ""}
    return tuple(language for language in languages if language.id in wanted)


def _only_municipality() -> tuple[str, str]:
    """Name and phone of the one municipality here; neutral words where there are several."""
    try:
        with db.short_read_session() as session:
            rows = session.execute(_MUNICIPALITIES).all()
    except SQLAlchemyError:  # the page that says so must still be shown
        rows = []
    return (rows[0].name, rows[0].phone) if len(rows) == 1 else ("Introportalen", "")


def _path() -> str:
    """This page's address for coming back to (another where its own cannot be asked for again); a form's own page
    when a form was sent.
    """
    if (address := request_state().address) is not None:
        return address
    query = request.query_string.decode("ascii", "ignore")
    path = request.path if request.path.isprintable() else "/"
    return f"{path}?{query}" if query else path
