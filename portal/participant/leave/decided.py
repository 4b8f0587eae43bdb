"""A decision on a request: what it means, why, what it does to days and money, and how to appeal."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from portal.casework import extents
from portal.casework.decisions import ShownDecision
from portal.casework.facts import LegalFacts
from portal.i18n import gettext as _
from portal.i18n import ngettext
from portal.law.extent import Extent, Share
from portal.law.vocabulary import AllowanceEffect, PartDay, Reason
from portal.participant.leave.preview.four_lines import is_unpaid_already, without_allowance
from portal.participant.leave.queries import RequestRow
from portal.participant.leave.view import granted
from portal.tables.leave import RequestStatus


@dataclass(frozen=True, slots=True)
class RequestDecisionView(ShownDecision):
    """A decision on a request with what it means for the days.

    What it says finds its words when it is printed, since it is told in the reader's language and in Norwegian.
    """

    row: RequestRow
    record: LegalFacts

    @property
    def meaning(self) -> tuple[Markup, ...]:
        """What it means, in whole sentences."""
        return _meaning(self.row)

    @property
    def effects(self) -> list[Markup]:
        """What it does to days and money."""
        return _effects(self.row, self.record)


def decision(row: RequestRow, shown: ShownDecision, record: LegalFacts) -> RequestDecisionView:
    """What a decision means for the request that it answers."""
    return RequestDecisionView(shown.known, shown.reasons, shown.told_effect, shown.appeal, row, record)


def _meaning(row: RequestRow) -> tuple[Markup, ...]:
    match row.status:
        case RequestStatus.GRANTED | RequestStatus.PARTLY_GRANTED:
            return granted(row)
        case RequestStatus.REFUSED:
            return (must_come(row),)
        case RequestStatus.WITHDRAWN | RequestStatus.SENT | RequestStatus.RECEIVED | RequestStatus.MORE_INFORMATION:
            return (_("Spør rådgiveren hva dette betyr."),)


def _effects(row: RequestRow, record: LegalFacts) -> list[Markup]:
    if row.status is RequestStatus.REFUSED:
        return [_("Er du borte likevel, kan du miste penger."), _("Du har ikke brukt noen dager.")]
    extent = extents.granted(row)
    return [] if extent is None else [*_allowance(row, extent, record), *used(row, extent, record)]


def is_beyond_quota(row: RequestRow, extent: Extent, record: LegalFacts) -> bool:
    """Whether more is granted than was left of the quota: then only the decision says what that costs."""
    days = len(record.breaks.working_days(row.kind, extent.first_day, extent.last_day))
    return Reason.OVER_QUOTA in row.seen.get("reasons", ()) and days > row.seen.get("covered_days", days)


def must_come(row: RequestRow) -> Markup:
    """What a refusal, or taking it back, means."""
    one_day = row.first_day == row.last_day
    return _("Du må komme som vanlig.") if one_day else _("Du må komme som vanlig disse dagene.")


def kept(extent: Extent) -> Markup:
    """That the days or hours are paid."""
    if extent.share is not Share.DAYS:
        return _("Du beholder stønaden for disse timene.")
    if extent.first_day == extent.last_day:
        return _("Du beholder stønaden.")
    return _("Du beholder stønaden disse dagene.")


def _allowance(row: RequestRow, extent: Extent, record: LegalFacts) -> Iterator[Markup]:
    effect, whole = row.seen.get("allowance"), extent.share is Share.DAYS
    if effect in (AllowanceEffect.NONE, AllowanceEffect.NONE_IF_GRANTED):
        yield without_allowance(extent)
        return
    is_paid = effect in (AllowanceEffect.KEPT, AllowanceEffect.KEPT_IF_GRANTED)
    is_unpaid = is_unpaid_already(record, extent.first_day, extent.last_day)
    if not is_paid or is_unpaid or is_beyond_quota(row, extent, record):
        return
    yield kept(extent)
    if not whole:
        yield _("Er du borte lenger, kan du miste penger.")


def used(row: RequestRow, extent: Extent, record: LegalFacts) -> Iterator[Markup]:
    """The days it spends; hours that add up are counted where all are (the page of absence)."""
    adds_up = extent.share is not Share.DAYS and record.policy.welfare_part_day is PartDay.HOURS
    if row.seen.get("quota") and not adds_up:
        num = len(record.breaks.working_days(row.kind, extent.first_day, extent.last_day))
        yield ngettext("Du bruker %(num)s dag til dette.", "Du bruker %(num)s dager til dette.", num)
