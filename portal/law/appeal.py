"""Deadlines of a decision and an appeal (fvl §§ 11 a, 29, 30; IL § 47; IF § 70)."""

from datetime import date

from portal.law.calendar import add_months, weeks_deadline

WEEKS = 3


def appeal_by(reached: date, reasons_reached: date | None = None) -> date:
    """The last day to appeal: three weeks from when the notice reached the party. Where reasons are demanded within
    the deadline it runs anew from when they reached the party (fvl § 29 (1), (3)); it never gets shorter. A last day on
    a Saturday, Sunday or day off moves to the next working day (domstolloven §§ 148, 149).
    """
    deadline = weeks_deadline(reached, WEEKS)
    if reasons_reached is None:
        return deadline
    return max(deadline, weeks_deadline(reasons_reached, WEEKS))


def is_in_time(posted: date, deadline: date) -> bool:
    """Whether an appeal is in time: it is enough that it is sent before the deadline is over (fvl § 30)."""
    return posted <= deadline


def interim_reply_by(received: date) -> date:
    """When an application that is not answered needs an interim reply: within one month (fvl § 11 a (3))."""
    return add_months(received, 1)
