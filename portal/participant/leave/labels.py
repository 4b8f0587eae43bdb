"""Words for what stands in requests."""

from markupsafe import Markup

from portal.i18n import gettext as _
from portal.participant.leave.choices import EventDate
from portal.tables.leave import LeaveEventKind


def event_question(event: EventDate) -> Markup:
    """What the second step asks about the day the law counts from."""
    match event:
        case EventDate.BIRTH:
            return _("Når ble barnet født, eller når er termin?")
        case EventDate.ADOPTION:
            return _("Når kommer barnet til dere?")


def event_text(kind: LeaveEventKind, told: bool) -> Markup:  # noqa: PLR0911  # a list of words
    """What happened to a request; `told`: it was a report, which nobody decides."""
    match kind:
        case LeaveEventKind.SENT:
            return _("Du sa fra.") if told else _("Du sendte søknaden.")
        case LeaveEventKind.RECEIVED:
            return _("Kommunen har fått den.")
        case LeaveEventKind.MORE_INFORMATION:
            return _("Kommunen trenger å vite mer.")
        case LeaveEventKind.GRANTED:
            return _("Kommunen sa ja.")
        case LeaveEventKind.PARTLY_GRANTED:
            return _("Kommunen sa ja til en del av det du søkte om.")
        case LeaveEventKind.REFUSED:
            return _("Kommunen sa nei.")
        case LeaveEventKind.WITHDRAWN:
            return _("Du trakk den tilbake.")


def event_picture(kind: LeaveEventKind) -> str:
    """The icon of an event."""
    match kind:
        case LeaveEventKind.SENT:
            return "paper"
        case LeaveEventKind.RECEIVED:
            return "bell"
        case LeaveEventKind.MORE_INFORMATION:
            return "question"
        case LeaveEventKind.GRANTED | LeaveEventKind.PARTLY_GRANTED:
            return "check"
        case LeaveEventKind.REFUSED:
            return "cross"
        case LeaveEventKind.WITHDRAWN:
            return "minus"
