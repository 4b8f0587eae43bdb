"""What is said of a deduction whose absence was corrected since; the same wherever it is told."""

from datetime import date

from markupsafe import Markup

from portal.i18n import gettext as _
from portal.i18n import translator
from portal.i18n.format import kroner


def corrected(stands: bool) -> Markup:
    """That the absence is corrected; `stands`: and that nothing was given back yet."""
    if stands:
        return _("Kommunen har rettet fraværet. Trekket er ikke rettet ennå.")
    return _("Kommunen har rettet fraværet.")


def more(ore: int, day: date) -> Markup:
    """How many øre were given back, and on the payment of which day."""
    return _("%(sum)s mer på utbetalingen %(day)s.", sum=kroner(ore), day=translator().day_long(day))
