"""Words for what stands in requests."""

from markupsafe import Markup

from portal.i18n import gettext as _
from portal.i18n import two
from portal.i18n.terms import Text
from portal.participant.leave.choices import Event, Group, What
from portal.tables.leave import LeaveEventKind


def happened(what: What, text: Text = two) -> str:  # noqa: C901, PLR0911, PLR0912  # a list of words
    """What has happened, as one says it."""
    match what:
        case What.ILL:
            return text("Jeg er syk")
        case What.CHILD_ILL:
            return text("Barnet mitt er sykt")
        case What.DOCTOR:
            return text("Jeg har time hos lege eller tannlege")
        case What.INTERVIEW:
            return text("Jeg skal på intervju")
        case What.BEREAVEMENT:
            return text("Noen nær meg er død")
        case What.WEDDING:
            return text("Jeg skal gifte meg")
        case What.RELIGIOUS:
            return text("Religiøs høytid")
        case What.HOLIDAY:
            return text("Ferie")
        case What.KINDERGARTEN:
            return text("Barnet mitt begynner i barnehage")
        case What.SCHOOL:
            return text("Barnet mitt begynner på skolen")
        case What.ANTENATAL:
            return text("Kontroll når jeg er gravid")
        case What.PREGNANCY:
            return text("Jeg er gravid og trenger fri")
        case What.GAVE_BIRTH:
            return text("Jeg har født eller skal føde")
        case What.BECAME_FATHER:
            return text("Jeg blir eller er blitt far")
        case What.PARENTAL:
            return text("Omsorgspermisjon med barnet")
        case What.ADOPTION:
            return text("Jeg adopterer et barn")
        case What.BREASTFEEDING:
            return text("Jeg ammer")
        case What.RELATIVE:
            return text("Jeg må hjelpe en nær som er syk")
        case What.LONG_ILLNESS:
            return text("Jeg eller barnet er syk lenge")
        case What.JOB:
            return text("Jeg har fått jobb")
        case What.PEACE_WORK:
            return text("Fredsarbeid i hjemlandet")
        case What.OTHER:
            return text("En annen viktig grunn")


def group(chosen: Group, text: Text = two) -> str:
    """A group of choices."""
    match chosen:
        case Group.CHILD_STARTS:
            return text("Barnet begynner i barnehage eller på skole")
        case Group.BIRTH:
            return text("Graviditet og fødsel")
        case Group.MORE:
            return text("Noe annet")


def event_question(event: Event) -> Markup:
    """What the second step asks about the day the law counts from."""
    match event:
        case Event.BIRTH:
            return _("Når ble barnet født, eller når er termin?")
        case Event.ADOPTION:
            return _("Når kommer barnet til dere?")


def event_words(kind: LeaveEventKind, told: bool) -> Markup:  # noqa: PLR0911  # a list of words
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
