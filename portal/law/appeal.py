"""A decision and its appeal: whether, until when and to whom (fvl §§ 11 a, 28–31; IL § 47; IF §§ 69, 70)."""

from dataclasses import dataclass
from datetime import date

from portal.law.calendar import add_months, weeks_deadline
from portal.law.vocabulary import AppealRight, Authority, LeaveKind

WEEKS = 3
MONTHS_AT_MOST = 12


@dataclass(frozen=True, slots=True)
class Appeal:
    """Whether one may appeal; `last_day` where it is known, else `weeks` from when the notice was received.

    It is sent to one authority and settled by another.
    """

    right: AppealRight
    last_day: date | None = None
    sent_to: Authority | None = None
    settled_by: Authority | None = None
    weeks: int = WEEKS


def appeal(
    decided_on: date,
    today: date,
    *,
    authority: Authority = Authority.MUNICIPALITY,
    leave: LeaveKind | None = None,
    appealable: bool = True,
    received_on: date | None = None,
    last_day: date | None = None,
) -> Appeal:
    """Whether, until when and to whom a decision can be appealed on `today`.

    `leave`: what was asked for, where it answers a request; `appealable`: false where whoever decided says that it
    cannot be; `last_day` as they say it, else three weeks from `received_on`. Where neither is known, neither is the
    deadline. After it, an appeal may be taken all the same for good reasons, within a year of the decision (fvl § 31).
    """
    if not is_decision(leave):
        return Appeal(AppealRight.NO_DECISION)
    if authority is Authority.COUNTY_GOVERNOR:
        return Appeal(AppealRight.SETTLED)
    if not appealable:
        return Appeal(AppealRight.NONE)
    deadline = last_day or (appeal_by(received_on) if received_on else None)
    if today > add_months(decided_on, MONTHS_AT_MOST) and (deadline is None or today > deadline):
        return Appeal(AppealRight.OVER, deadline)
    late = deadline is not None and not is_in_time(today, deadline)
    right = AppealRight.LATE if late else AppealRight.OPEN
    return Appeal(right, deadline, Authority.MUNICIPALITY, Authority.COUNTY_GOVERNOR)


def is_decision(leave: LeaveKind | None) -> bool:
    """Whether an answer is an enkeltvedtak: what is decided of absence and leave is, but for holiday (IF § 69)."""
    return leave is None or leave.law.is_decision


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
