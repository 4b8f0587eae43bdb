"""Words for what stands in requests."""

from markupsafe import Markup

from portal.i18n import gettext as _
from portal.i18n import msgid
from portal.i18n.terms import Sign
from portal.participant.leave.choices import EventDate
from portal.tables.leave import LeaveEventKind


def event_question(event: EventDate) -> Markup:
    """What the second step asks about the day the law counts from."""
    match event:
        case EventDate.BIRTH:
            return _("Når ble barnet født, eller når er termin?")
        case EventDate.ADOPTION:
            return _("Når kommer barnet til dere?")


_EVENTS = {
    LeaveEventKind.SENT: Sign(msgid("Du sendte søknaden."), "paper"),
    LeaveEventKind.RECEIVED: Sign(msgid("Kommunen har fått det du sendte."), "bell"),
    LeaveEventKind.MORE_INFORMATION: Sign(msgid("Kommunen trenger å vite mer."), "question"),
    LeaveEventKind.GRANTED: Sign(msgid("Kommunen sa ja."), "check"),
    LeaveEventKind.PARTLY_GRANTED: Sign(msgid("Kommunen sa ja til en del av det du søkte om."), "check"),
    LeaveEventKind.REFUSED: Sign(msgid("Kommunen sa nei."), "cross"),
    LeaveEventKind.WITHDRAWN: Sign(msgid("Du trakk det tilbake."), "minus"),
}


def event_text(kind: LeaveEventKind, told: bool) -> Markup:
    """What happened to a request; `told`: it was a report, which nobody decides."""
    return _("Du sa fra.") if told and kind is LeaveEventKind.SENT else _(_EVENTS[kind].word)


def event_picture(kind: LeaveEventKind) -> str:
    """The icon of an event."""
    return _EVENTS[kind].picture
