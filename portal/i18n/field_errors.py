"""What may be wrong with an answer about days and hours, and what to put right."""

from decimal import Decimal
from enum import StrEnum

from markupsafe import Markup

from portal.i18n import gettext as _
from portal.i18n import msgid
from portal.i18n.parsing import number

MOST_HOURS = Decimal(8)


class FieldError(StrEnum):
    """What is wrong with an answer, as one is told to put it right."""

    DAY_MISSING = msgid("Velg minst én dag.")
    DAYS_APART = msgid("Dagene må henge sammen. Velg dagene imellom også, eller send hver del for seg.")
    CHOSEN_TWICE = msgid("Du har valgt dager på to måter. Bruk bare én av dem.")
    FIRST_MISSING = msgid("Skriv den første dagen.")
    LAST_MISSING = msgid("Skriv den siste dagen.")
    EVENT_MISSING = msgid("Skriv datoen.")
    HOURS_MISSING = msgid("Skriv hvor mange timer.")
    NOT_A_DATE = msgid("Datoen finnes ikke. Skriv den som 23.11.2026.")
    FAR_AWAY = msgid("Sjekk årstallet. Datoen er langt unna.")
    ENDS_BEFORE_IT_STARTS = msgid("Den siste dagen er før den første. Endre en av dem.")
    HOURS_NOT_A_NUMBER = msgid("Skriv timene med tall, for eksempel 2 eller 1,5.")
    TOO_MANY_HOURS = msgid("Det er for mange timer. Velg hele dager.")
    HOURS_ON_ONE_DAY = msgid("Timer gjelder bare én dag. Velg samme dag som første og siste dag.")
    HOURS_ON_ONE_ROW = msgid("Timer gjelder bare én dag. Velg bare én av dagene.")
    HOURS_OR_DAYS = msgid("Du har skrevet timer. Velg «Noen timer på én dag», eller fjern timene.")
    PAPER_OR_NOT = msgid("Du har skrevet en dato. Velg «Ja», eller fjern datoen.")
    TRAVEL_NOT_A_NUMBER = msgid("Skriv hvor mange dager, fra 0 til 14.")
    PAPER_AFTER_LAST_DAY = msgid("Legeerklæringen må gjelde fra en av dagene du er borte.")
    REASON_MISSING = msgid("Skriv hvorfor du trenger mer tid.")
    TOO_LONG_TEXT = msgid("Teksten er for lang. Skriv litt kortere.")


def hours_of_a_day(text: str) -> Decimal | FieldError:
    """The hours that were meant, or what is wrong with them."""
    hours = number(text)
    if hours is None or hours <= 0:
        return FieldError.HOURS_NOT_A_NUMBER
    return hours if hours <= MOST_HOURS else FieldError.TOO_MANY_HOURS


def error_text(wrong: FieldError) -> Markup:
    """What to put right."""
    return _(wrong.value)
