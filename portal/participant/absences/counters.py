"""What is used and left of each quota today, as the law counts it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from portal.casework.facts import LegalFacts
from portal.casework.self_certification import self_certified
from portal.i18n import bilingual, translator
from portal.i18n import gettext as _
from portal.i18n.quotas import limit_sentence
from portal.i18n.terms import leave_kind, leave_picture
from portal.law.absence import (
    DAYS_BETWEEN,
    SELF_CERTIFIED_ABSENCES,
    SELF_CERTIFIED_DAYS,
    children_of_age,
    self_certified_absences,
    undocumented_until,
)
from portal.law.assessment import Quota
from portal.law.calendar import add_days
from portal.law.case import Case, Request
from portal.law.rules import quota_on
from portal.law.vocabulary import LeaveKind, Programme

SHOWN = (LeaveKind.CHILD_ILLNESS, LeaveKind.WELFARE, LeaveKind.RELIGIOUS_DAY, LeaveKind.HOLIDAY)


@dataclass(frozen=True, slots=True)
class Counter:
    """Days used, waiting and left, with the window they are counted in."""

    title: str
    picture: str
    limit: int
    used: int
    pending: int
    left: int
    body: tuple[Markup, ...]


def counters(record: LegalFacts, today: date) -> list[Counter]:
    """The counters that concern this participant."""
    return [*_self_certification(record, today), *_quotas(record, today)]


def _self_certification(record: LegalFacts, today: date) -> Iterator[Counter]:
    if record.participant.programme is Programme.TRAINING_ONLY:
        return
    found = self_certified(record, today)
    body = [
        _("Så mange dager på rad kan du bruke egenmelding. Lørdag og søndag teller med."),
        _("Blir du syk igjen innen %(days)s dager, teller de forrige dagene med.", days=DAYS_BETWEEN),
    ]
    until = undocumented_until(record.history, LeaveKind.OWN_ILLNESS, found.day)
    if until and not found.is_barred:
        known = {"day": translator().day_long(add_days(until, 1)), "number": translator().number(SELF_CERTIFIED_DAYS)}
        body.append(_("Fra %(day)s har du alle %(number)s dagene igjen.", **known))
    times = self_certified_absences(record.history, today)
    if times >= SELF_CERTIFIED_ABSENCES - 1:
        known = {"times": translator().number(times), "limit": translator().number(SELF_CERTIFIED_ABSENCES)}
        body.append(_("Du har brukt egenmelding %(times)s ganger på 12 måneder.", times=known["times"]))
        body.append(_("Etter %(limit)s ganger kan kommunen kreve legeerklæring fra første dag.", limit=known["limit"]))
    yield Counter(bilingual("Egenmelding"), "bed", SELF_CERTIFIED_DAYS, found.used, 0, found.left, tuple(body))


def _quotas(record: LegalFacts, today: date) -> Iterator[Counter]:
    for kind in SHOWN:
        if kind is LeaveKind.CHILD_ILLNESS and not children_of_age(record.participant.children, today):
            continue
        day = _day_after_told(record, today) if kind is LeaveKind.CHILD_ILLNESS else today
        quota = quota_on(_case(record, today, kind, day, day))
        if quota is not None:
            yield _counter(kind, quota.as_told if kind.law.is_illness else quota)


def _counter(kind: LeaveKind, quota: Quota) -> Counter:
    body = [limit_sentence(quota, kind)]
    if quota.period.first_day and quota.period.last_day:
        body.append(_("Vi teller %(days)s.", days=translator().span(quota.period.first_day, quota.period.last_day)))
    left = max(0, quota.left)
    return Counter(leave_kind(kind), leave_picture(kind), quota.limit, quota.used, quota.pending, left, tuple(body))


def _day_after_told(record: LegalFacts, today: date) -> date:
    """Today, or the day after the last that a sick child is told of: what is told for the coming days is used."""
    told = [row.last_day for row in record.history if row.kind is LeaveKind.CHILD_ILLNESS and row.counts]
    return max([today, *(add_days(day, 1) for day in told)])


def _case(record: LegalFacts, today: date, kind: LeaveKind, first: date, last: date) -> Case:
    return record.case(today, Request(kind, first, last))
