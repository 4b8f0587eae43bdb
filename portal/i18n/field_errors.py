"""What may be wrong with an answer about days and hours, and what to put right."""

from decimal import Decimal
from enum import StrEnum

from markupsafe import Markup

from portal.i18n import gettext as _
from portal.i18n.parsing import number

MOST_HOURS = Decimal(8)


class FieldError(StrEnum):
    """What is wrong with an answer."""

    FIRST_MISSING = "first_missing"
    LAST_MISSING = "last_missing"
    EVENT_MISSING = "event_missing"
    HOURS_MISSING = "hours_missing"
    NOT_A_DATE = "not_a_date"
    FAR_AWAY = "far_away"
    ENDS_BEFORE_IT_STARTS = "ends_before_it_starts"
    HOURS_NOT_A_NUMBER = "hours_not_a_number"
    TOO_MANY_HOURS = "too_many_hours"
    HOURS_ON_ONE_DAY = "hours_on_one_day"
    TRAVEL_NOT_A_NUMBER = "travel_not_a_number"
    PAPER_AFTER_LAST_DAY = "paper_after_last_day"
    TOO_LONG_TEXT = "too_long_text"


def hours_of_a_day(text: str) -> Decimal | FieldError:
    """The hours that were meant, or what is wrong with them."""
    hours = number(text)
    if hours is None or hours <= 0:
        return FieldError.HOURS_NOT_A_NUMBER
    return hours if hours <= MOST_HOURS else FieldError.TOO_MANY_HOURS


def error_text(wrong: FieldError) -> Markup:  # noqa: C901, PLR0911, PLR0912  # a list of words
    """What to put right."""
    match wrong:
        case FieldError.FIRST_MISSING:
            return _("Skriv den første dagen.")
        case FieldError.LAST_MISSING:
            return _("Skriv den siste dagen.")
        case FieldError.EVENT_MISSING:
            return _("Skriv datoen.")
        case FieldError.HOURS_MISSING:
            return _("Skriv hvor mange timer.")
        case FieldError.NOT_A_DATE:
            return _("Datoen finnes ikke. Skriv den som 23.11.2026.")
        case FieldError.FAR_AWAY:
            return _("Se på året. Datoen er langt unna.")
        case FieldError.ENDS_BEFORE_IT_STARTS:
            return _("Den siste dagen er før den første. Bytt en av dem.")
        case FieldError.HOURS_NOT_A_NUMBER:
            return _("Skriv timene med tall, for eksempel 2 eller 1,5.")
        case FieldError.TOO_MANY_HOURS:
            return _("Det er for mange timer. Velg hele dager.")
        case FieldError.HOURS_ON_ONE_DAY:
            return _("Timer kan bare være på én dag. Skriv samme dag to ganger.")
        case FieldError.TRAVEL_NOT_A_NUMBER:
            return _("Skriv dagene med tall, fra 0 til 14.")
        case FieldError.PAPER_AFTER_LAST_DAY:
            return _("Papiret må gjelde fra en av dagene du er borte.")
        case FieldError.TOO_LONG_TEXT:
            return _("Teksten er for lang. Skriv litt kortere.")
