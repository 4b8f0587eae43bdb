"""What a document says that cannot be (a problem), and what may be but seldom is (a warning)."""

from datetime import date, datetime, timedelta

from portal.clock import local
from portal.exchange.document.people import Chunk, ParticipantEntry
from portal.exchange.document.records import AbsenceIn, DecisionIn, PaymentIn
from portal.exchange.problems import Verbatim
from portal.law.calendar import is_working_day, next_working_day
from portal.law.vocabulary import Programme
from portal.pid import is_born, is_synthetic
from portal.tables.absence import AbsenceValidity, RegisteredBy
from portal.tables.plan import Plan

A_DAY, A_MONTH, A_YEAR = timedelta(days=1), timedelta(days=31), timedelta(days=366)
#: Days and times that have been when they are told of, by the list they stand in.
HAS_BEEN = {
    "children": ("born",),
    "plans": ("decided_on", "received_on"),
    "contracts": ("signed_on",),
    "test_results": ("taken_on",),
    "exemptions": ("decided_on",),
    "absences": ("registered_at", "corrected_at"),
    "requests": ("at",),
    "decisions": ("decided_on", "received_on"),
    "answers": ("answered_at",),
    "contest_answers": ("answered_on",),
}


def look(chunk: Chunk) -> None:
    """Look at every participant of the chunk, whole as they will be stored."""
    latest = local(chunk.known.issued_at).date() + A_DAY  # whoever dates letters ahead does so to the next day
    made_up = chunk.session.info["settings"].made_up_people
    for item in chunk.items:
        _person(item, latest, made_up)
        _has_been(item, latest)
        for absence in enumerate(item.given.absences):
            _absence(item, *absence, latest)
        for decision in enumerate(item.given.decisions):
            _decision(item, *decision)
        for payment in enumerate(item.given.payments):
            _payment(item, *payment, latest)
        _training(item, latest)
        _plans(chunk, item)


def _person(item: ParticipantEntry, latest: date, made_up: bool) -> None:
    given, place = item.given, item.place
    if made_up and not is_synthetic(given.pid):
        expected = "that of a made-up person (40, 65 or 80 added to the month), as all who sign in here are"
        place.problem(Verbatim("the number of somebody who may be real"), expected, "pid")
    for name in ("born", "certificate_on"):
        day = getattr(given, name)
        if day is not None and day > latest:
            place.problem(day, "a day before the document was made", name)
    if given.born <= latest and not is_born(given.pid, given.born):
        place.warning(Verbatim("another day than the number tells"), "the date of birth in the number", "born")
    for index, child in enumerate(given.children or []):
        if child.born < given.born:
            expected = f"a day after the participant was born ({given.born})"
            place.problem(child.born, expected, "children", index, "born")


def _has_been(item: ParticipantEntry, latest: date) -> None:
    for part, names in HAS_BEEN.items():
        for index, given in enumerate(getattr(item.given, part) or []):
            for name in names:
                value: date | datetime | None = getattr(given, name)
                day, kind = (local(value).date(), "time") if isinstance(value, datetime) else (value, "day")
                if value is not None and day is not None and day > latest:
                    expected = f"a {kind} before the document was made"
                    item.place.problem(Verbatim(value.isoformat()), expected, part, index, name)


def _absence(item: ParticipantEntry, index: int, absence: AbsenceIn, latest: date) -> None:
    place, first = item.place.at("absences", index), absence.first_day
    is_ahead = first > latest
    if first < item.given.born:
        place.problem(first, f"a day after the participant was born ({item.given.born})", "first_day")
    elif is_ahead and absence.verdict is AbsenceValidity.INVALID:
        place.problem(first, "a day before the document was made where the absence is invalid", "first_day")
    elif first - latest > A_YEAR:
        place.warning(first, "an absence that begins within a year", "first_day")
    elif is_ahead and (absence.kind is None or absence.registered_by in (RegisteredBy.TEACHER, RegisteredBy.WORKPLACE)):
        place.warning(first, "a day that has come, or a reason and somebody who knows of it before", "first_day")
    elif absence.last_day - first > A_YEAR:
        place.warning(Verbatim(f"{first} to {absence.last_day}"), "an absence of a year at most")


def _decision(item: ParticipantEntry, index: int, decision: DecisionIn) -> None:
    place, by = item.place.at("decisions", index), decision.appeal_by
    if by is None:
        return
    since = decision.received_on or decision.decided_on
    if by < since:
        place.problem(by, f"a day after the participant got the decision ({since})", "appeal_by")
    elif not is_working_day(by):
        place.warning(by, f"a working day, such as {next_working_day(by)} (domstolloven § 149)", "appeal_by")


def _payment(item: ParticipantEntry, index: int, payment: PaymentIn, latest: date) -> None:
    place, paid = item.place.at("payments", index), payment.paid_on
    if item.given.programme is Programme.TRAINING_ONLY:
        place.warning(Verbatim("a payment"), "none to those in training only (IL § 20)")
    if payment.due_on < date.fromisoformat(f"{payment.month}-01"):
        place.warning(payment.due_on, f"a day in {payment.month} or later", "due_on")
    if paid is not None and paid - latest > A_MONTH:
        place.problem(paid, "a day before the document was made, where it is paid", "paid_on")
    elif paid is not None and paid > latest:
        place.warning(paid, "a day before the document was made, where it is paid", "paid_on")


def _training(item: ParticipantEntry, latest: date) -> None:
    for index, training in enumerate(item.given.training_hours):
        if training.completed_on > latest:
            expected = "a day before the document was made, where it is completed"
            item.place.warning(training.completed_on, expected, "training_hours", index, "completed_on")


def _plans(chunk: Chunk, item: ParticipantEntry) -> None:
    stored = {version for owner, version in chunk.sync(Plan, "version").stored if owner == item.id}
    known = stored | {plan.version for plan in item.given.plans}
    for index, plan in enumerate(item.given.plans):
        if plan.version > 1 and plan.version not in stored and plan.version - 1 not in known:
            place = item.place.at("plans", index)
            place.warning(plan.version, f"the version after {max((v for v in known if v < plan.version), default=0)}")
