"""What a document says that cannot be (a problem), and what may be but seldom is (a warning)."""

from datetime import date, timedelta

from portal.clock import local
from portal.exchange.people import Chunk, Item
from portal.exchange.problems import Said
from portal.exchange.records import AbsenceIn, DecisionIn, PaymentIn
from portal.law.calendar import is_working_day, next_working_day
from portal.law.vocabulary import Programme
from portal.pid import is_born
from portal.tables.plan import Plan

A_DAY, A_YEAR = timedelta(days=1), timedelta(days=366)


def look(chunk: Chunk) -> None:
    """Look at every participant of the chunk, whole as they will be stored."""
    latest = local(chunk.known.issued_at).date() + A_DAY  # whoever dates letters ahead does so to the next day
    for item in chunk.items:
        _person(item, latest)
        for absence in enumerate(item.given.absences):
            _absence(item, *absence, latest)
        for decision in enumerate(item.given.decisions):
            _decision(item, *decision, latest)
        for payment in enumerate(item.given.payments):
            _payment(item, *payment)
        _plans(chunk, item)


def _person(item: Item, latest: date) -> None:
    born = item.given.born
    if born > latest:
        item.place.problem(born, "a day before the document was made", "born")
    elif not is_born(item.given.pid, born):
        item.place.warning(Said("another day than the number tells"), "the date of birth in the number", "born")


def _absence(item: Item, index: int, absence: AbsenceIn, latest: date) -> None:
    place = item.place.at("absences", index)
    if absence.first_day < item.given.born:
        place.problem(absence.first_day, f"a day after the participant was born ({item.given.born})", "first_day")
    elif absence.last_day - absence.first_day > A_YEAR:
        place.warning(Said(f"{absence.first_day} to {absence.last_day}"), "an absence of a year at most")
    elif absence.first_day - latest > A_YEAR:
        place.warning(absence.first_day, "an absence that begins within a year", "first_day")
    if local(absence.registered_at).date() > latest:
        place.problem(Said(absence.registered_at.isoformat()), "a time before the document was made", "registered_at")


def _decision(item: Item, index: int, decision: DecisionIn, latest: date) -> None:
    place = item.place.at("decisions", index)
    for name in ("decided_on", "received_on"):
        day = getattr(decision, name)
        if day is not None and day > latest:
            place.problem(day, "a day before the document was made", name)
    by = decision.appeal_by
    if by is None:
        return
    since = decision.received_on or decision.decided_on
    if by < since:
        place.problem(by, f"a day after the participant got the decision ({since})", "appeal_by")
    elif not is_working_day(by):
        place.warning(by, f"a working day, such as {next_working_day(by)} (domstolloven § 149)", "appeal_by")


def _payment(item: Item, index: int, payment: PaymentIn) -> None:
    place = item.place.at("payments", index)
    if item.given.programme is Programme.TRAINING_ONLY:
        place.warning(Said("a payment"), "none to those in training only (IL § 20)")
    if payment.due_on < date.fromisoformat(f"{payment.month}-01"):
        place.warning(payment.due_on, f"a day in {payment.month} or later", "due_on")


def _plans(chunk: Chunk, item: Item) -> None:
    stored = {version for owner, version in chunk.shelf(Plan, "version").stored if owner == item.id}
    known = stored | {plan.version for plan in item.given.plans}
    for index, plan in enumerate(item.given.plans):
        if plan.version > 1 and plan.version not in stored and plan.version - 1 not in known:
            place = item.place.at("plans", index)
            place.warning(plan.version, f"the version after {max((v for v in known if v < plan.version), default=0)}")
