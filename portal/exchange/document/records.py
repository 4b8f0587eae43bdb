"""What the municipality's document says of one participant: plans, training, absence, decisions, payments."""

from collections import Counter
from collections.abc import Iterable
from datetime import time
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from portal.exchange.shape import (
    Clearable,
    Clock,
    Day,
    DayHours,
    DocumentPart,
    Flag,
    Id,
    Line,
    LineHours,
    ManyHours,
    Moment,
    Month,
    OptionalLine,
    Ore,
    Span,
    SumOre,
    Texts,
    WeekHours,
    broken,
)
from portal.law.vocabulary import Authority, Documentation, EndGoal, LeaveKind, Level, Skill
from portal.tables.absence import AbsenceValidity, RegisteredBy
from portal.tables.allowance import PaymentLineKind, PaymentStatus
from portal.tables.decision import DecisionKind, DecisionOutcome
from portal.tables.plan import ContractKind, ElementCode, ElementStatus, PlanKind
from portal.tables.training import Examination, Result, Subject


class LanguageGoalIn(DocumentPart):
    """Norskmål for one skill."""

    skill: Skill = Field(description="Part of norskprøven")
    goal: Level = Field(description="The level to reach")
    reached: Level | None = Field(default=None, description="The level that the municipality says is reached")


class ElementIn(Span):
    """An element of a plan, in the order they shall be shown."""

    id: Id = Field(description="Your id of the element; the same in the next version of the plan")
    code: ElementCode = Field(description="What kind of element")
    title: OptionalLine = Field(default="", description="Name of its own; needed where code is other")
    status: ElementStatus = Field(description="How far it has come")
    hours_per_week: WeekHours | None = Field(default=None, description="Hours a week, e.g. 12.5")
    first_day: Day | None = Field(default=None, description="First day")
    last_day: Day | None = Field(default=None, description="Last day")
    place: OptionalLine = Field(default="", description="Where it is held")
    agreed_on: Day | None = Field(default=None, description="When it was agreed with the participant")
    reasons: Texts | None = Field(default=None, description="Why it was chosen (IL § 15 (4))")

    def rules(self) -> None:
        """What is of no known kind has a name."""
        super().rules()
        if self.code is ElementCode.OTHER and not self.title:
            broken("a title where code is other", "no title")


class PlanIn(DocumentPart):
    """One version of the plan. Versions are never removed; the highest is the one that holds."""

    version: int = Field(ge=1, le=10_000, description="Number of the version, counted from 1")
    kind: PlanKind = Field(description="Plan of the programme (IL § 15), or of those in training only (IL § 34)")
    decided_on: Day = Field(description="When this version was decided")
    end_goal: EndGoal | None = Field(default=None, description="Sluttmål; needed in an integration_plan")
    goal: Texts | None = Field(default=None, description="Sluttmål in words")
    long_term_goal: Texts | None = Field(default=None, description="The participant's own long-term goal")
    reasons: Texts | None = Field(default=None, description="Why the plan is as it is")
    change: Texts | None = Field(default=None, description="What changed from the version before, and why")
    programme_end: Day | None = Field(default=None, description="Last day of the programme by this plan")
    norwegian_hours_per_week: WeekHours | None = Field(default=None, description="Hours of Norwegian a week")
    social_studies_hours: ManyHours | None = Field(default=None, description="Hours of social studies in all")
    received_on: Day | None = Field(default=None, description="When the participant got it")
    goals: Annotated[list[LanguageGoalIn], Clearable([])] = Field(
        default=[], max_length=4, description="Norskmål, one a skill; replaced when given"
    )
    elements: Annotated[list[ElementIn], Clearable([])] = Field(
        default=[], max_length=100, description="Elements in order; replaced when given"
    )

    @model_validator(mode="after")
    def _eachonce(self) -> Self:
        once("skill", [goal.skill for goal in self.goals])
        once("id of element", [element.id for element in self.elements])
        return self

    def rules(self) -> None:
        """The plan of a programme has an end goal (IL § 15)."""
        if self.kind is PlanKind.INTEGRATION_PLAN and self.end_goal is None:
            broken("an end_goal in an integration_plan", "none")


class ContractIn(DocumentPart):
    """A signed contract or declaration (IL § 16)."""

    id: Id = Field(description="Your id")
    kind: ContractKind = Field(description="What it is called")
    signed_on: Day = Field(description="When it was signed")


class TrainingHoursIn(DocumentPart):
    """Training that is completed."""

    id: Id = Field(description="Your id")
    subject: Subject = Field(description="What was taught")
    hours: ManyHours = Field(description="Hours completed")
    module: OptionalLine = Field(default="", description="Module, where there is one")
    reception_centre: Flag = Field(default=False, description="Taken at a reception centre")
    completed_on: Day = Field(description="When it was completed, or the last day counted")


class TestResultIn(DocumentPart):
    """Result of one part of norskprøven, or of the test in social studies."""

    __test__ = False  # pytest would take the name for a test

    id: Id = Field(description="Your id")
    examination: Examination = Field(description="Which part")
    result: Result = Field(
        description="What it showed (IF § 41); in social studies passed or not_passed, else never passed"
    )
    taken_on: Day = Field(description="Day of the test")

    def rules(self) -> None:
        """Norskprøven shows a level or none, the test in social studies whether it is passed (IF § 41)."""
        is_social = self.examination is Examination.SOCIAL_STUDIES
        if is_social and self.result not in (Result.PASSED, Result.NOT_PASSED):
            broken("passed or not_passed where examination is social_studies", self.result.value)
        if not is_social and self.result is Result.PASSED:
            broken(f"a level, or not_passed, where examination is {self.examination.value}", "passed")


class ExemptionIn(DocumentPart):
    """Exemption from training or test."""

    id: Id = Field(description="Your id")
    subject: Subject = Field(description="What the participant need not take")
    decided_on: Day = Field(description="When it was decided")


class AbsenceIn(DocumentPart):
    """An absence of whole days, or of hours on one day. A changed verdict or number of hours is kept as correction."""

    id: Id = Field(description="Your id")
    kind: LeaveKind | None = Field(default=None, description="Reason; left out while none is known")
    first_day: Day = Field(description="First day")
    last_day: Day = Field(description="Last day; the same day where hours are given")
    hours: DayHours | None = Field(default=None, description="Hours away on one day; left out for whole days")
    documentation: Annotated[Documentation, Clearable(Documentation.NONE)] = Field(
        default=Documentation.NONE, description="What carries the absence (IF § 8)"
    )
    medical_from: Day | None = Field(default=None, description="First day of a medical certificate")
    document_by: Day | None = Field(default=None, description="Last day to hand in documentation")
    verdict: Annotated[AbsenceValidity, Clearable(AbsenceValidity.UNDECIDED)] = Field(
        default=AbsenceValidity.UNDECIDED, description="What the municipality says of it"
    )
    registered_by: RegisteredBy = Field(description="Who wrote it down")
    registered_name: OptionalLine = Field(default="", description="Name of who wrote it down")
    registered_at: Moment = Field(description="When, with time zone")
    corrected_at: Moment | None = Field(default=None, description="When verdict or hours were last changed")
    corrected_by: OptionalLine = Field(default="", description="Who changed them")

    def rules(self) -> None:
        """Hours are of one day; a certificate's first day stands with a certificate (IF § 8)."""
        if self.last_day < self.first_day:
            broken(f"last_day on or after first_day ({self.first_day})", self.last_day)
        if self.hours is not None and self.first_day != self.last_day:
            broken("hours only on an absence of one day", f"{self.first_day} to {self.last_day}")
        if self.medical_from is not None and self.documentation is not Documentation.MEDICAL:
            broken("documentation medical where medical_from is given", self.documentation.value)


class DecisionIn(DocumentPart):
    """A decision (IL § 46). With `request` it answers a request for leave that was sent in the portal.

    The participant reads every decision: reasons, section, effect, who decided, and how long they may appeal.
    """

    id: Id = Field(description="Your id")
    kind: DecisionKind = Field(description="What it is about")
    outcome: DecisionOutcome = Field(description="What was decided; decided where it is neither granted nor refused")
    section: Line = Field(description="The section it rests on, e.g. integreringsforskriften § 14")
    reasons: Texts | None = Field(default=None, description="Reasons; needed where not all is granted (fvl § 24)")
    effect: Texts | None = Field(default=None, description="What it means for the programme or the money, in words")
    effective_from: Day | None = Field(default=None, description="The day it takes effect")
    decided_on: Day = Field(description="Date of the decision")
    decided_by: OptionalLine = Field(default="", description="Who decided")
    authority: Annotated[Authority, Clearable(Authority.MUNICIPALITY)] = Field(
        default=Authority.MUNICIPALITY,
        description="Whose decision it is; county_governor for the answer to an appeal, which ends there (fvl § 28)",
    )
    received_on: Day | None = Field(default=None, description="When the notice reached the participant")
    appeal_by: Day | None = Field(
        default=None, description="Last day to appeal; left out, three weeks from received_on (fvl § 29)"
    )
    appealable: Annotated[bool, Clearable(True)] = Field(default=True, description="false where it cannot be appealed")
    request: Id | None = Field(default=None, description="Id or number of the leave request that this answers")
    granted_from: Day | None = Field(default=None, description="First day granted; left out, the day asked for")
    granted_to: Day | None = Field(default=None, description="Last day granted; left out, the day asked for")
    granted_hours: DayHours | None = Field(
        default=None,
        description="Hours granted: of the day where it is one, up to so many each day where there are several; "
        "left out, the hours asked for, and whole days where none were",
    )
    granted_start: Clock | None = Field(
        default=None, description="Clock time that hours on one day begin, e.g. 09:00; together with granted_end"
    )
    granted_end: Clock | None = Field(default=None, description="Clock time that they end, e.g. 11:00")
    replaces: Id | None = Field(
        default=None, description="Your id of the earlier decision that this one changes, e.g. after an appeal"
    )

    def rules(self) -> None:
        """Reasons where not all is granted (fvl § 24), days in order, and an answer that can be one."""
        if self.outcome in (DecisionOutcome.REFUSED, DecisionOutcome.PARTLY_GRANTED) and self.reasons is None:
            broken(f"reasons where outcome is {self.outcome.value}", "none")
        if self.received_on and self.received_on < self.decided_on:
            broken(f"received_on on or after decided_on ({self.decided_on})", self.received_on)
        if self.replaces == self.id:
            broken("another decision in replaces", "its own id")
        if self.appeal_by is not None and not self.can_be_appealed:
            broken("no appeal_by where the decision cannot be appealed", self.appeal_by)
        self._check_answer()

    @property
    def can_be_appealed(self) -> bool:
        """Whether whoever decided lets it be appealed."""
        return self.appealable and self.authority is Authority.MUNICIPALITY

    def _check_answer(self) -> None:
        granted = self.outcome in (DecisionOutcome.GRANTED, DecisionOutcome.PARTLY_GRANTED)
        dates = self.granted_from is not None or self.granted_to is not None
        if dates and not (granted and self.request):
            broken("granted_from and granted_to only where a request is granted", self.outcome.value)
        self._check_hours(granted)
        if self.request is None:
            return
        if self.kind is not DecisionKind.LEAVE:
            broken("kind leave where the decision answers a request", self.kind.value)
        if self.outcome is DecisionOutcome.DECIDED:
            broken("outcome granted, partly_granted or refused where the decision answers a request", "decided")
        days = self.granted_from is not None and self.granted_to is not None
        hours = self.granted_hours is not None or self.granted_start is not None
        if self.outcome is DecisionOutcome.PARTLY_GRANTED and not (days or hours):
            broken("granted_from and granted_to, or hours, where a request is partly granted", "neither")
        if self.granted_from and self.granted_to and self.granted_to < self.granted_from:
            broken(f"granted_to on or after granted_from ({self.granted_from})", self.granted_to)

    def _check_hours(self, granted: bool) -> None:
        given = [self.granted_hours, self.granted_start, self.granted_end]
        if any(value is not None for value in given) and not (granted and self.request):
            broken("granted_hours, granted_start and granted_end only where a request is granted", self.outcome.value)
        if (self.granted_start is None) != (self.granted_end is None):
            broken("granted_start and granted_end together", "one of them")
        if self.granted_start is None or self.granted_end is None:
            return
        if self.granted_end <= self.granted_start:
            broken(f"granted_end after granted_start ({self.granted_start})", self.granted_end)
        minutes = _minutes(self.granted_start, self.granted_end)
        if self.granted_hours is not None and abs(self.granted_hours * 60 - minutes) >= 1:
            broken(f"granted_hours that agree with {self.granted_start} to {self.granted_end}", self.granted_hours)

    @property
    def granted_times(self) -> tuple[time, time] | None:
        """The clock times of hours on one day."""
        if self.granted_start is None or self.granted_end is None:
            return None
        return time.fromisoformat(self.granted_start), time.fromisoformat(self.granted_end)

    @property
    def hours_told(self) -> Decimal | None:
        """The hours as given, or those between the clock times; None where neither is told."""
        if self.granted_hours is not None or self.granted_start is None or self.granted_end is None:
            return self.granted_hours
        return round(Decimal(_minutes(self.granted_start, self.granted_end)) / 60, 2)


class RequestAnswerIn(DocumentPart):
    """A step on the way: the request was received, or more information is needed before it can be decided."""

    request: Id = Field(description="Id or number of the leave request")
    status: Literal["received", "more_information"] = Field(description="Where it stands")
    at: Moment = Field(description="When, with time zone")
    text: Texts | None = Field(default=None, description="What is missing; needed where status is more_information")

    def rules(self) -> None:
        """Whoever asks for more says what is missing."""
        if self.status == "more_information" and self.text is None:
            broken("a text that says what is missing", "none")


class PaymentLineIn(Span):
    """A line of a payment. Money is whole øre, before tax; deductions are negative."""

    kind: PaymentLineKind = Field(description="What the line is")
    amount_ore: Ore = Field(description="Amount in øre: 2231483 is 22 314,83 kroner")
    hours: LineHours | None = Field(default=None, description="Hours behind the line")
    days: int | None = Field(default=None, ge=0, le=366, description="Days behind the line")
    first_day: Day | None = Field(default=None, description="First day the line is about")
    last_day: Day | None = Field(default=None, description="Last day the line is about")
    corrects_month: Month | None = Field(default=None, description="Only and always on a correction: month, YYYY-MM")
    absence: Id | None = Field(default=None, description="Your id of the absence that caused the deduction")

    def rules(self) -> None:
        """A base adds, a deduction takes away, and a correction names its month."""
        super().rules()
        if (self.kind is PaymentLineKind.CORRECTION) != (self.corrects_month is not None):
            broken("corrects_month on a correction, and on no other line", self.kind.value)
        if self.kind is PaymentLineKind.BASE and self.amount_ore < 0:
            broken("an amount of zero or more on a base line", self.amount_ore)
        if self.kind not in (PaymentLineKind.BASE, PaymentLineKind.CORRECTION) and self.amount_ore > 0:
            broken("an amount of zero or less on a deduction", self.amount_ore)


class PaymentIn(DocumentPart):
    """The payment for one month. The lines always make up the sum."""

    id: Id = Field(description="Your id")
    month: Month = Field(description="Month it is earned in, YYYY-MM")
    status: PaymentStatus = Field(description="Where it stands")
    due_on: Day = Field(description="Day it is paid, or is to be paid")
    paid_on: Day | None = Field(default=None, description="Day it was paid; only and always where status is paid")
    before_tax_ore: SumOre = Field(description="Sum before tax in øre")
    decision: Id | None = Field(default=None, description="Your id of the decision that a deduction rests on")
    lines: list[PaymentLineIn] = Field(min_length=1, max_length=200, description="Lines in the order they are shown")

    def rules(self) -> None:
        """The lines make up the sum, and only what is paid has a day it was paid."""
        total = sum(line.amount_ore for line in self.lines)
        if total != self.before_tax_ore:
            broken(f"lines that make up before_tax_ore ({self.before_tax_ore})", f"a sum of {total}")
        if (self.status is PaymentStatus.PAID) != (self.paid_on is not None):
            broken("paid_on where status is paid, and nowhere else", f"{self.status.value}, paid_on {self.paid_on}")


class AnswerIn(DocumentPart):
    """The answer to a question that was asked in the portal."""

    question: Id = Field(description="Id of the question, as exported")
    text: Texts = Field(description="The answer")
    answered_at: Moment = Field(description="When, with time zone")


class ObjectionAnswerIn(DocumentPart):
    """The answer to a participant who says that an absence is wrong. The absence itself is corrected in `absences`."""

    contest: Id = Field(description="Id of the contest, as exported")
    outcome: Literal["received", "corrected", "stands"] = Field(description="Where it stands, or what it came to")
    text: Texts | None = Field(default=None, description="Reasons; needed where the absence stands")
    answered_on: Day | None = Field(default=None, description="Day of the answer; left out while it is only received")

    def rules(self) -> None:
        """Only an answer has a day and a text, and what stands has reasons."""
        received = self.outcome == "received"
        if received != (self.answered_on is None):
            broken("answered_on where there is an answer, and not where it is only received", self.outcome)
        if received and self.text is not None:
            broken("a text only with an answer", self.outcome)
        if self.outcome == "stands" and self.text is None:
            broken("a text with the reasons where the absence stands", "none")


def _minutes(start: str, end: str) -> int:
    first, last = time.fromisoformat(start), time.fromisoformat(end)
    return (last.hour - first.hour) * 60 + last.minute - first.minute


def once(name: str, values: Iterable[object], inside: str = "") -> None:
    """Refuse a list in which something stands twice that tells its parts apart."""
    twice = sorted(str(value) for value, number in Counter(values).items() if number > 1)
    if twice:
        broken(f"each {name} once{inside}", ", ".join(twice))
