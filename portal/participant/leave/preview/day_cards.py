"""The cards about the days: what I have, what I ask, what I have sent before, what the rules remark."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from portal.casework.days import Lesson
from portal.i18n import bilingual, ngettext, translator
from portal.i18n import gettext as _
from portal.i18n.format import wall_clock
from portal.i18n.quotas import limit_sentence
from portal.i18n.terms import named
from portal.law.vocabulary import Reason
from portal.participant.leave.preview.context import (
    PreviewCard,
    PreviewContext,
    bar_of,
    free_days,
    length,
    when,
    without_school,
)
from portal.participant.leave.preview.remarks import sentence
from portal.tables.leave import WAITING, RequestForm, RequestStatus

MOST_LESSONS_NAMED = 6


def have(r: PreviewContext) -> Iterator[PreviewCard]:
    """What is left of the quota, with what is used, what waits and what is asked now."""
    quota = r.assessment.quota
    if quota is None:
        return
    left_now = max(0, quota.limit - quota.used - quota.pending)
    enough = r.assessment.beyond_days == 0
    yield PreviewCard(
        "" if enough else "act",
        "check" if enough else "info",
        ngettext("Du har %(num)s dag igjen nå", "Du har %(num)s dager igjen nå", left_now),
        (limit_sentence(quota, r.asked.request.kind),),
        bar_of(quota, r.asked.request.kind, r.assessment.beyond_days),
    )


def ask(r: PreviewContext) -> PreviewCard:
    """The days that are asked for, where there is nothing to send."""
    much = length(r.asked, r.assessment)
    told = r.form is RequestForm.REPORT
    heading = _("Du melder fravær: %(length)s", length=much) if told else _("Du søker om %(length)s", length=much)
    return PreviewCard("", "calendar", heading, (when(r.asked),))


def days_off(r: PreviewContext) -> Iterator[PreviewCard]:
    """Which of the days do not count, all of them by name."""
    said = free_days(r.asked.request, r.assessment, ())
    if said:
        yield PreviewCard("", "calendar", bilingual("Dager"), said)


def sent_before(r: PreviewContext) -> Iterator[PreviewCard]:
    """A word where something is sent already for the same days."""
    request = r.asked.request
    same = [
        row
        for row in r.record.requests
        if row.status in (*WAITING, RequestStatus.GRANTED)
        and row.kind is request.kind
        and row.first_day <= request.last_day
        and request.first_day <= row.last_day
    ]
    if same:
        named = _("Nummeret er %(number)s.", number=same[0].number)
        yield PreviewCard(
            "act",
            "info",
            bilingual("Du har allerede sendt noe om noen av dagene"),
            (named,),
        )


def outside(missed: Sequence[Lesson]) -> PreviewCard:
    """What is missed outside the programme, and that it is no absence from it."""
    said: list[Markup] = []
    for lesson in missed[:MOST_LESSONS_NAMED]:
        at = {"day": translator().day_long(lesson.day), "time": translator().clock(wall_clock(lesson.starts_at))}
        said += [named(lesson.code, lesson.title), _("%(day)s kl. %(time)s", **at)]
    return PreviewCard("", "calendar", bilingual("Det er ikke fravær fra programmet"), tuple(said))


def reasons(r: PreviewContext) -> Iterator[PreviewCard]:
    """What the rules remark, with the way on; of days that are all outside the programme only that."""
    found = r.assessment
    outside = Reason.OUTSIDE_PROGRAMME in found.reasons and not found.covered_days
    for reason in (Reason.OUTSIDE_PROGRAMME,) if outside else found.reasons:
        said = sentence(reason, r.asked.request, r.assessment, r.record.participant)
        breaks = r.record.breaks_within(r.asked.request)
        if said and breaks and reason is Reason.NOT_WORKING_DAYS:
            said = said[0], without_school(breaks)
        if said:
            yield PreviewCard("act", "info", *said)
