"""What the pages of decisions print."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from portal.casework import extents
from portal.casework.decisions import DecisionRow, ShownDecision
from portal.i18n import decided as say
from portal.i18n import extents as extent_text
from portal.i18n import plain
from portal.law.appeal import Appeal
from portal.law.vocabulary import AppealRight
from portal.participant.decisions.queries import DecidedRequest


@dataclass(frozen=True, slots=True)
class DecisionListItem:
    """A decision in the list; `sign` is its colour and word."""

    known: DecisionRow
    title: str
    picture: str
    sign: tuple[str, str]
    appeal: Appeal


@dataclass(frozen=True, slots=True)
class DecisionView(ShownDecision):
    """A decision with what it means. That finds its words when it is printed, since it is told in two languages."""

    allowance: bool = True
    grant: DecidedRequest | None = None

    @property
    def meaning(self) -> tuple[Markup, ...]:
        """What it means."""
        known = self.known
        said = say.meaning(known.kind, known.outcome, known.effective_from, allowance=self.allowance)
        return (*said, *_granted(self.grant))

    @property
    def effects(self) -> tuple[Markup, ...]:
        """What it does beside that: what the municipality says of it itself."""
        return ()


def _granted(grant: DecidedRequest | None) -> tuple[Markup, ...]:
    extent = extents.granted(grant) if grant else None
    return extent_text.granted(extent, extents.asked(grant)) if grant and extent else ()


def title(known: DecisionRow) -> str:
    """What it is called."""
    return say.title(known.kind, known.leave)


def plain_title(known: DecisionRow) -> str:
    """The same for the page's title."""
    return say.title(known.kind, known.leave, plain)


def lines(found: list[DecisionRow], today: date, since: date) -> list[DecisionListItem]:
    """Those decided since a day and those that can still be appealed, in the order in which they are found."""
    appeals = [(known, known.appeal(today)) for known in found]
    return [
        DecisionListItem(known, title(known), say.picture(known.kind), say.outcome(known.outcome), appeal)
        for known, appeal in appeals
        if known.decided_on >= since or appeal.right is AppealRight.OPEN
    ]
