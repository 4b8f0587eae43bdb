"""How much leave was asked for or granted, in words."""

from markupsafe import Markup

from portal.i18n import gettext as _
from portal.i18n import translator
from portal.i18n.format import clock_span
from portal.law.extent import Extent, Share


def how_much(extent: Extent) -> Markup | None:
    """`2 timer` or `opptil 1 time hver dag`; None for whole days."""
    if extent.hours is None:
        return None
    return translator().hours(extent.hours) if extent.share is Share.HOURS else up_to_each_day(extent)


def up_to_each_day(extent: Extent) -> Markup:
    """`opptil 1 time hver dag`"""
    return translator().amount("opptil %(num)s time hver dag", "opptil %(num)s timer hver dag", extent.hours or 0)


def when(extent: Extent) -> Markup:
    """From which day to which; the clock times of one day where they are set."""
    days = translator().span(extent.first_day, extent.last_day)
    if not (extent.starts and extent.ends):
        return days
    return _("%(day)s kl. %(time)s", day=days, time=clock_span(extent.starts, extent.ends))


def summary(extent: Extent) -> Markup:
    """How much and when, in one line: `2 timer, torsdag 10.12.2026 kl. 09:00–11:00`."""
    much = how_much(extent)
    return when(extent) if much is None else _("%(hours)s, %(day)s", hours=much, day=when(extent))


def granted(extent: Extent, asked: Extent) -> tuple[Markup, ...]:
    """What was granted of what was asked for, in whole sentences, and what it leaves: of those days, and other days."""
    others = (_("De andre dagene må du møte."),) if extent.leaves_days_out(asked) else ()
    return (*_granted(extent), *others)


def _granted(extent: Extent) -> tuple[Markup, ...]:
    match extent.share:
        case Share.DAYS:
            return (_("Du har fått fri %(days)s.", days=when(extent)),)
        case Share.HOURS:
            return (
                translator().amount(
                    "Du har fått fri %(num)s time %(day)s.",
                    "Du har fått fri %(num)s timer %(day)s.",
                    extent.hours or 0,
                    day=when(extent),
                ),
                _("Resten av dagen må du møte."),
            )
        case Share.HOURS_A_DAY:
            first, last = translator().day_long(extent.first_day), translator().day_long(extent.last_day)
            return (
                translator().amount(
                    "Du har fått fri opptil %(num)s time hver dag.",
                    "Du har fått fri opptil %(num)s timer hver dag.",
                    extent.hours or 0,
                ),
                _("Det gjelder fra og med %(first)s til og med %(last)s.", first=first, last=last),
                _("Resten av dagen må du møte."),
            )
