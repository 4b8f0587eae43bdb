"""What may be wrong with an answer of the what-if, and what to put right."""

from enum import StrEnum

from markupsafe import Markup

from portal.i18n import gettext as _


class Wrong(StrEnum):
    """What is wrong with an answer."""

    NOT_A_DATE = "not_a_date"
    FAR_AWAY = "far_away"
    ENDS_BEFORE_IT_STARTS = "ends_before_it_starts"
    HOURS_NOT_A_NUMBER = "hours_not_a_number"
    TOO_MANY_HOURS = "too_many_hours"
    HOURS_ON_ONE_DAY = "hours_on_one_day"


def problem(wrong: Wrong) -> Markup:
    """What to put right."""
    match wrong:
        case Wrong.NOT_A_DATE:
            return _("Datoen finnes ikke. Skriv den som 23.11.2026.")
        case Wrong.FAR_AWAY:
            return _("Se på året. Datoen er langt unna.")
        case Wrong.ENDS_BEFORE_IT_STARTS:
            return _("Den siste dagen er før den første. Bytt en av dem.")
        case Wrong.HOURS_NOT_A_NUMBER:
            return _("Skriv timene med tall, for eksempel 2 eller 1,5.")
        case Wrong.TOO_MANY_HOURS:
            return _("Det er for mange timer. Velg hele dager.")
        case Wrong.HOURS_ON_ONE_DAY:
            return _("Timer kan bare være på én dag. Skriv samme dag to ganger.")
