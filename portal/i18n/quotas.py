"""How many days a quota gives, and for how long: one sentence for the pages of leave, absence and home."""

from markupsafe import Markup

from portal.i18n import ngettext
from portal.law.assessment import Quota
from portal.law.vocabulary import LeaveKind, PeriodKind


def limit_sentence(quota: Quota, kind: LeaveKind) -> Markup:
    """The limit and its window, such as «Du kan bruke 10 dager på 12 måneder.»"""
    limit = quota.limit
    match quota.period.kind:
        case PeriodKind.ROLLING_12_MONTHS:
            return ngettext(
                "Du kan bruke %(num)s dag på 12 måneder.", "Du kan bruke %(num)s dager på 12 måneder.", limit
            )
        case PeriodKind.CALENDAR_YEAR:
            return ngettext("Du kan bruke %(num)s dag hvert år.", "Du kan bruke %(num)s dager hvert år.", limit)
        case PeriodKind.PROGRAMME_YEAR:
            return ngettext(
                "Du kan bruke %(num)s dag hvert år i programmet.",
                "Du kan bruke %(num)s dager hvert år i programmet.",
                limit,
            )
        case PeriodKind.PREGNANCY:
            return ngettext(
                "Du kan bruke %(num)s dag i svangerskapet.", "Du kan bruke %(num)s dager i svangerskapet.", limit
            )
        case PeriodKind.BIRTH if kind is LeaveKind.BIRTH_FATHER:
            return ngettext("Du kan bruke %(num)s dag ved fødselen.", "Du kan bruke %(num)s dager ved fødselen.", limit)
        case PeriodKind.BIRTH:
            return ngettext(
                "Du kan bruke %(num)s dag etter fødselen.", "Du kan bruke %(num)s dager etter fødselen.", limit
            )
