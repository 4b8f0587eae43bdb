"""What one request carries from hook to hook to page: one object, whose fields stand here."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import g

if TYPE_CHECKING:  # the types alone: this stands beneath the rooms that they come from
    from sqlmodel import Session

    from portal.auth.logins import SignedInPerson
    from portal.i18n.translators import Translator


@dataclass(slots=True)
class RequestState:
    """The state of a request.

    `translator` are those in which the page is said, `reader` the reader's own while Norwegian is said beside them.
    `language_chosen` was chosen by this very request; `shows_every_language`: the chooser stands open. `address` is
    the page's where its own cannot be asked for again. `frame_ancestors` names who may frame it. `is_spoken`: something
    on the page can be heard; `plays`: a recording of it. `denied` says by which rule the request is refused.
    """

    person: "SignedInPerson | None" = None
    translator: "Translator | None" = None
    reader: "Translator | None" = None
    session: "Session | None" = None
    language_chosen: str | None = None
    shows_every_language: bool = False
    address: str | None = None
    frame_ancestors: str | None = None
    is_spoken: bool = False
    plays: bool = False
    denied: str | None = None


def request_state() -> RequestState:
    """The state of the present request; raises RuntimeError outside an application context."""
    try:
        found: RequestState = g.state
    except AttributeError:
        found = g.state = RequestState()
    return found
