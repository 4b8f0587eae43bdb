"""The elements of a plan as stations of a way and as cards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from markupsafe import Markup

from portal.casework.texts import LocalizedText
from portal.i18n import format as formats
from portal.i18n import gettext as _
from portal.i18n import translator
from portal.i18n.terms import StatusLabel, element_picture, named
from portal.participant.plan.labels import about, dates, element_status, weekly
from portal.participant.plan.rows import Element, FullPlanVersion
from portal.tables.plan import ElementStatus

_ORDER = (ElementStatus.ONGOING, ElementStatus.PLANNED, ElementStatus.COMPLETED, ElementStatus.CANCELLED)
SHOWN_WHOLE = (ElementStatus.ONGOING, ElementStatus.PLANNED)
_LINE = Markup('<a class="line" href="#%s">%s</a>')


@dataclass(frozen=True, slots=True)
class Station:
    """A stop on the way, as the `way` component shows it."""

    title: str
    state: Literal["done", "now", "next"]
    detail: str | None
    picture: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a card, with its picture."""

    picture: str
    words: Markup


@dataclass(frozen=True, slots=True)
class Card:
    """An element with what it is, how far it has come, its facts and why it was chosen."""

    anchor: str
    picture: str
    name: Markup
    about: Markup | None
    status: StatusLabel
    facts: tuple[Fact, ...]
    reasons: LocalizedText | None
    done: bool


def stations(version: FullPlanVersion, goal: str, end: date | None) -> tuple[Station, ...]:
    """The way so far and ahead: what is done, where you are, what comes, and the goal."""
    by_status = {status: [e for e in version.elements if e.status is status] for status in ElementStatus}
    done = [_station(element, "done") for element in by_status[ElementStatus.COMPLETED]]
    coming = [_station(element, "next") for element in by_status[ElementStatus.PLANNED]]
    here = _here(by_status[ElementStatus.ONGOING])
    last = Station(goal, "next", translator().date(end) if end else None, "flag")
    return (*done, *([here] if here else []), *coming, last)


def _station(element: Element, state: Literal["done", "next"]) -> Station:
    when = _ready(element) if state == "done" else _starts(element)
    name = named(element.code, element.title)
    return Station(name, state, when, element_picture(element.code), f"#{anchor(element)}")


def _here(ongoing: Sequence[Element]) -> Station | None:
    """What goes on at the same time is one stop."""
    if not ongoing:
        return None
    titles = Markup("<br>").join(_LINE % (anchor(e), named(e.code, e.title)) for e in ongoing)
    return Station(titles, "now", _extents(ongoing), element_picture(ongoing[0].code))


def _extents(ongoing: Sequence[Element]) -> Markup | None:
    hours = [Decimal(element.hours_per_week) for element in ongoing if element.hours_per_week is not None]
    if len(hours) > 1:
        return _("Til sammen %(hours)s", hours=weekly(sum(hours, Decimal(0))))
    return weekly(hours[0]) if hours else None


def _ready(element: Element) -> Markup | None:
    return _("Ferdig %(day)s", day=translator().date(element.last_day)) if element.last_day else None


def _starts(element: Element) -> Markup | None:
    return _("Starter %(day)s", day=translator().date(element.first_day)) if element.first_day else None


def cards(version: FullPlanVersion, hide_places: bool) -> tuple[Card, ...]:
    """Every element, what goes on first. `hide_places` for a participant whose address is protected."""
    ordered = sorted(version.elements, key=lambda element: _ORDER.index(element.status))
    return tuple(_card(element, version.told, hide_places) for element in ordered)


def _card(element: Element, told: dict[int, LocalizedText], hide_places: bool) -> Card:
    return Card(
        anchor(element),
        element_picture(element.code),
        named(element.code, element.title),
        about(element.code) if element.status in SHOWN_WHOLE else None,
        element_status(element.status),
        tuple(_lines(element, hide_places)),
        told.get(element.reasons_text_id) if element.reasons_text_id else None,
        element.status is ElementStatus.COMPLETED,
    )


def _lines(element: Element, hide_place: bool) -> list[Fact]:
    lines: list[Fact] = []
    if element.hours_per_week is not None:
        lines.append(Fact("clock", weekly(element.hours_per_week)))
    if when := dates(element.first_day, element.last_day):
        lines.append(Fact("calendar", when))
    if element.place:
        lines.append(Fact("pin", _place(element.place, hide_place)))
    if element.agreed_on is not None:
        lines.append(Fact("handshake", _("Dere ble enige %(day)s.", day=translator().date(element.agreed_on))))
    return lines


def _place(place: str, hide: bool) -> Markup:
    if hide:
        return _("Vi viser ikke stedet her. Rådgiveren kan si det.")
    return _("Sted: %(place)s", place=formats.norwegian(place))


def anchor(element: Element) -> str:
    """The id of an element's card within the page."""
    return f"del-{element.position}"
