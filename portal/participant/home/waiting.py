"""What waits: for the participant to do or read, and for the municipality to answer."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from markupsafe import Markup

from portal.clock import local
from portal.i18n import translator
from portal.law.appeal import is_in_time
from portal.participant.home.queries import Fact, Found

MOST_DECISIONS = 1  # more are one line
NEAR = timedelta(days=2)
_NOT_FOR_ME = (Fact.ON_ITS_WAY, Fact.TAKEN_BACK, Fact.REGISTERED)


class Waiting(NamedTuple):
    """What waits for the participant, the nearest deadline first; `is_near` where it comes before all else."""

    tasks: list[Found]
    deadline: Markup | None
    is_near: bool


class OnItsWay(NamedTuple):
    """Applications that wait for an answer: how many, the one whose answer is due first, and when it is."""

    number: int
    ref: str
    answer_by: Markup
    is_late: bool


def waiting(found: Iterable[Found], today: date, shown: str | None) -> Waiting | None:
    """What waits for the participant but for the decision `shown` above it; None where nothing does."""
    tasks = _listed([fact for fact in found if fact.kind not in _NOT_FOR_ME], shown, today)
    if not tasks:
        return None
    deadline = min((task.deadline for task in tasks if task.deadline), default=None)
    return Waiting(
        tasks, short_day(deadline, today) if deadline else None, any(_is_near(task, today) for task in tasks)
    )


def on_its_way(found: Iterable[Found], today: date) -> OnItsWay | None:
    """The applications that wait for an answer; None where none does."""
    sent = [
        (local(fact.sent_at).date() + timedelta(days=fact.answer_days), fact.ref)
        for fact in found
        if fact.kind is Fact.ON_ITS_WAY and fact.sent_at and fact.answer_days
    ]
    if not sent:
        return None
    answer_by, ref = min(sent)
    return OnItsWay(len(sent), ref, short_day(answer_by, today), answer_by < today)


def short_day(day: date, today: date) -> Markup:
    """`mandag 23.11.`; with the year where it is another."""
    return translator().day(day) if day.year == today.year else translator().day_long(day)


def _is_near(task: Found, today: date) -> bool:
    """Whether the municipality waits for something that must come within two days, or before days that near."""
    match task.kind:
        case Fact.DOCUMENT:
            day = task.deadline
        case Fact.MORE_INFORMATION:
            day = task.first_day
        case _:
            return False
    return day is not None and today <= day <= today + NEAR


def _listed(tasks: Sequence[Found], shown: str | None, today: date) -> list[Found]:
    """A stop that is read waits as long as one may appeal, and many unread decisions are one thing."""
    unread = {task.ref for task in tasks if task.kind is Fact.DECISION}
    listed = []
    for task in tasks:
        is_stop = task.kind is Fact.STOP
        if task.ref == shown or (is_stop and (task.ref in unread or _still(task.deadline, today) is None)):
            continue
        kind = Fact.DECISION if is_stop else task.kind
        listed.append(task._replace(kind=kind, deadline=_due(task, today)))
    return _together(listed)


def _due(task: Found, today: date) -> date | None:
    """The deadline of a task; that of an appeal only while there is time."""
    appeals = task.kind in (Fact.DECISION, Fact.LEAVE_DECISION, Fact.STOP)
    return _still(task.deadline, today) if appeals else task.deadline


def _still(deadline: date | None, today: date) -> date | None:
    return deadline if deadline is not None and is_in_time(today, deadline) else None


def _together(tasks: list[Found]) -> list[Found]:
    found = [task for task in tasks if task.kind is Fact.DECISION]
    if len(found) <= MOST_DECISIONS:
        return tasks
    deadline = min((task.deadline for task in found if task.deadline), default=None)
    rest = [task for task in tasks if task.kind is not Fact.DECISION]
    together = found[0]._replace(kind=Fact.DECISIONS, ref=str(len(found)), first_day=None, deadline=deadline)
    return [together, *rest]
