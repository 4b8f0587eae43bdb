"""Where a payment stands, in words: home and the allowance say the same of one payment."""

from datetime import date

from portal.i18n import bilingual, translator
from portal.i18n import gettext as _
from portal.i18n.terms import StatusLabel
from portal.tables.allowance import PaymentStatus


def payment_status(
    status: PaymentStatus, before_tax: int, *, due_on: date, paid_on: date | None, today: date
) -> StatusLabel:
    """Where a payment of `before_tax` øre stands on `today`, and who acts next."""
    if before_tax == 0 and status in (PaymentStatus.PLANNED, PaymentStatus.PAID):
        return StatusLabel("off", bilingual("Ingen utbetaling"), _("Du får ikke stønad for denne måneden."))
    match status:
        case PaymentStatus.PLANNED:
            return _planned(due_on, today)
        case PaymentStatus.PAID:
            day = translator().day_long(paid_on or due_on)
            return StatusLabel("ok", bilingual("Utbetalt"), _("Kommunen betalte %(day)s.", day=day))
        case PaymentStatus.STOPPED:
            return StatusLabel("no", bilingual("Stanset"), _("Kommunen har stanset pengene. Ring rådgiveren din."))
        case PaymentStatus.CANCELLED:
            return StatusLabel("off", bilingual("Annullert"), _("Disse pengene kommer ikke."))


def _planned(due_on: date, today: date) -> StatusLabel:
    if due_on < today:
        return StatusLabel("act", bilingual("Forsinket"), _("Pengene skulle ha kommet. Ring rådgiveren din."))
    if due_on == today:
        return StatusLabel("plan", bilingual("Planlagt"), _("Pengene kommer i dag."))
    return StatusLabel("plan", bilingual("Planlagt"), _("Kommunen betaler denne dagen. Summen kan bli endret."))
