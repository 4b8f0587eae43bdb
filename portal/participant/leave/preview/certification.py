"""How far an illness of one day may be told of by oneself, and from which day a doctor's paper is needed (IF § 8)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from portal.casework.facts import LegalFacts
from portal.i18n import gettext as _
from portal.i18n import translator
from portal.law.absence import SELF_CERTIFIED_DAYS
from portal.law.calendar import add_days, next_working_day
from portal.law.case import Request
from portal.law.rules import assess
from portal.law.vocabulary import Documentation, LeaveKind
from portal.participant.leave.leave_input import LeaveInput


@dataclass(frozen=True, slots=True)
class Certification:
    """Which of the self-certified days it is, and the first working day that would need a doctor's paper."""

    kind: LeaveKind
    number: int
    needed_from: date

    @property
    def counted(self) -> Markup:
        """Which day it is."""
        of = {"number": translator().number(self.number), "limit": translator().number(SELF_CERTIFIED_DAYS)}
        return _("Dag %(number)s av %(limit)s", **of)

    @property
    def then(self) -> Markup:
        """When a paper is needed."""
        day = translator().day(self.needed_from)
        if self.kind is LeaveKind.CHILD_ILLNESS:
            return _("Er barnet fortsatt sykt %(day)s, må du ha legeerklæring.", day=day)
        return _("Er du fortsatt syk %(day)s, må du ha legeerklæring.", day=day)

    def lines(self) -> Iterator[Markup]:
        """All that is said of it."""
        yield _("Egenmelding: du melder fra selv")
        yield self.counted
        yield _("Lørdag og søndag teller med i egenmeldingen.")
        yield self.then
        yield _("Du får legeerklæring hos legen.")


def certification(record: LegalFacts, asked: LeaveInput, today: date) -> Certification | None:
    """None where it is no illness of one day, or no day of it can be self-certified: a remark says why."""
    request = asked.request
    if not request.kind.law.is_illness or request.first_day != request.last_day:
        return None
    if request.documentation is not Documentation.NONE:
        return None
    longer = Request(request.kind, request.first_day, add_days(request.first_day, SELF_CERTIFIED_DAYS))
    room = assess(record.case(today, longer)).self_certified_days
    if not room:
        return None
    number = SELF_CERTIFIED_DAYS - room + 1
    return Certification(request.kind, number, next_working_day(add_days(request.first_day, room)))
