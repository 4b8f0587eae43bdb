"""A decision on a request: what it means, why, what it does to days and money, and how to appeal."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from portal.i18n import gettext as _
from portal.i18n import ngettext, words
from portal.law.appeal import appeal_by
from portal.law.vocabulary import AllowanceEffect
from portal.leave.queries import Sent
from portal.record.texts import Told
from portal.tables.leave import RequestStatus


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision: its reasons, what it rests on, what it does, and how to appeal.

    What it says finds its words when it is printed, since it is told in the reader's language and in Norwegian.
    """

    row: Sent
    section: str
    decided_on: date
    decided_by: str
    reasons: Told | None
    appeal_by: date | None
    appeal_over: bool

    @property
    def meaning(self) -> Markup:
        """What it means."""
        return _meaning(self.row)

    @property
    def effects(self) -> list[Markup]:
        """What it does to days and money."""
        return _effects(self.row)


def decision(row: Sent, reasons: Told | None, today: date) -> DecisionView | None:
    """The decision on a request, where there is one."""
    if row.decision is None or row.decided_on is None:
        return None
    deadline = row.appeal_by or (appeal_by(row.received_on) if row.received_on else None)
    return DecisionView(
        row=row,
        section=row.section or "",
        decided_on=row.decided_on,
        decided_by=row.decided_by or "",
        reasons=reasons,
        appeal_by=deadline,
        appeal_over=deadline is not None and deadline < today,
    )


def _meaning(row: Sent) -> Markup:
    match row.status:
        case RequestStatus.GRANTED:
            return _("Du har fri %(days)s.", days=words().span(*_granted(row)))
        case RequestStatus.PARTLY_GRANTED:
            return _("Du har fri %(days)s. De andre dagene må du komme.", days=words().span(*_granted(row)))
        case RequestStatus.REFUSED:
            return _("Du må komme som vanlig disse dagene.")
        case RequestStatus.WITHDRAWN | RequestStatus.SENT | RequestStatus.RECEIVED | RequestStatus.MORE_INFORMATION:
            return _("Spør rådgiveren hva dette betyr.")


def _granted(row: Sent) -> tuple[date, date]:
    return row.granted_from or row.first_day, row.granted_to or row.last_day


def _effects(row: Sent) -> list[Markup]:
    if row.status is RequestStatus.REFUSED:
        return [_("Er du borte likevel, kan du miste penger."), _("Du har ikke brukt noen dager.")]
    effect = row.seen.get("allowance")
    said = []
    if effect in (AllowanceEffect.NONE, AllowanceEffect.NONE_IF_GRANTED):
        said.append(_("Du får ikke stønad for disse dagene."))
    elif effect in (AllowanceEffect.KEPT, AllowanceEffect.KEPT_IF_GRANTED):
        said.append(_("Du beholder stønaden disse dagene."))
    if row.seen.get("quota") and row.status is RequestStatus.GRANTED:
        num = row.seen["covered_days"]
        said.append(ngettext("%(num)s dag er brukt av dagene dine.", "%(num)s dager er brukt av dagene dine.", num))
    return said
