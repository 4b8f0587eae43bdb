"""Training on record: hours, modules, tests and exemptions, as a page prints them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from markupsafe import Markup

from portal.i18n import gettext as _
from portal.i18n import translator
from portal.i18n.terms import StatusLabel, examination, result, subject
from portal.participant.plan.rows import Exempt, OnRecord, Test, TrainingHoursRow
from portal.tables.training import Result, Subject


@dataclass(frozen=True, slots=True)
class SubjectHours:
    """Hours in one subject, and of these the hours from a reception centre where there are any."""

    name: str
    hours: Markup
    from_centre: Markup | None


@dataclass(frozen=True, slots=True)
class Module:
    """A module completed, by its Norwegian name."""

    name: str
    detail: Markup
    from_centre: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """A test that was taken."""

    name: str
    day: date
    result: StatusLabel


@dataclass(frozen=True, slots=True)
class Training:
    """All training on record."""

    subjects: tuple[SubjectHours, ...]
    modules: tuple[Module, ...]
    tests: tuple[Taken, ...]
    exemptions: tuple[Markup, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing is on record yet."""
        return not (self.subjects or self.modules or self.tests or self.exemptions)


def training(record: OnRecord) -> Training:
    """The record in the reader's words; tests newest first."""
    return Training(
        tuple(found for item in Subject if (found := _subject(item, record.hours))),
        tuple(_module(hours) for hours in record.hours if hours.module),
        tuple(_taken(test) for test in reversed(record.tests)),
        tuple(_exempt(exempt) for exempt in record.exemptions),
    )


def _subject(item: Subject, rows: tuple[TrainingHoursRow, ...]) -> SubjectHours | None:
    mine = [row for row in rows if row.subject is item]
    if not mine:
        return None
    centre = sum((Decimal(row.hours) for row in mine if row.reception_centre), Decimal(0))
    total = sum((Decimal(row.hours) for row in mine), Decimal(0))
    part = _("Av dette %(hours)s på mottak", hours=translator().hours(centre)) if centre else None
    return SubjectHours(subject(item), translator().hours(total), part)


def _module(row: TrainingHoursRow) -> Module:
    values = {"hours": translator().hours(Decimal(row.hours)), "day": translator().date(row.completed_on)}
    return Module(row.module, _("%(hours)s, ferdig %(day)s", **values), row.reception_centre)


def _taken(test: Test) -> Taken:
    word = Markup(result(test.result))  # noqa: S704  # the words of this portal, already HTML
    match test.result:
        case Result.NOT_PASSED | Result.UNDER_A1:
            return Taken(examination(test.examination), test.taken_on, StatusLabel("off", word, picture="minus"))
        case Result.PASSED | Result.A1 | Result.A2 | Result.B1 | Result.B2 | Result.C1:
            return Taken(examination(test.examination), test.taken_on, StatusLabel("ok", word, picture="check"))


def _exempt(row: Exempt) -> Markup:
    values = {"subject": subject(row.subject, _), "day": translator().date(row.decided_on)}
    return _("Du trenger ikke ta %(subject)s. Det ble bestemt %(day)s.", **values)
