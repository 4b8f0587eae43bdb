"""The municipality's document: what a case system sends. The descriptions here are the documentation."""

from dataclasses import fields
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from portal.exchange.document.records import (
    AbsenceIn,
    AnswerIn,
    ContractIn,
    DecisionIn,
    ExemptionIn,
    ObjectionAnswerIn,
    PaymentIn,
    PlanIn,
    RequestAnswerIn,
    TestResultIn,
    TrainingHoursIn,
    once,
)
from portal.exchange.shape import (
    ONE_LINE,
    Clearable,
    Day,
    DocumentPart,
    Flag,
    Id,
    Language,
    Line,
    Moment,
    OptionalLine,
    OrgNumber,
    Pid,
    Span,
    broken,
)
from portal.law.case import Policy
from portal.law.vocabulary import Programme, Regime
from portal.tables.people import EndReason
from portal.tables.texts import Norwegian

ANSWER_DAYS = 30


class MunicipalityIn(DocumentPart):
    """The municipality as participants see it, and its choices where the law leaves one."""

    org_number: OrgNumber = Field(description="Organisation number; this is the municipality's id")
    name: Line = Field(description="Name")
    office: Line = Field(description="Name of the office that runs the programme")
    phone: Line = Field(description="Telephone of the office")
    address: OptionalLine = Field(default="", description="Visiting address")
    opening_hours: OptionalLine = Field(default="", description="Opening hours in words")
    county_governor: Line = Field(description="The statsforvalter that appeals go to")
    pay_day: int = Field(ge=1, le=28, description="Day of the month that allowance is paid")
    answer_days: Annotated[int, Field(ge=1, le=365), Clearable(ANSWER_DAYS)] = Field(
        default=ANSWER_DAYS, description="Days within which a request is answered; 30 where you never said"
    )
    norwegian: Annotated[Norwegian, Clearable(Norwegian.BOKMAL)] = Field(
        default=Norwegian.BOKMAL,
        description="The Norwegian you write: of plain texts; nb where you never said",
    )
    policy: dict[str, bool | int | str | None] | None = Field(
        default={},
        description="Choices that the law leaves to you, each a field of its own: "
        + ", ".join(field.name for field in fields(Policy)),
    )

    @model_validator(mode="after")
    def _choices(self) -> Self:
        names = {field.name for field in fields(Policy)}
        given = self.policy or {}
        unknown = sorted(given.keys() - names)
        found = [f"unknown choices: {', '.join(unknown)}"] if unknown else []
        found += [
            f"{name} {value!r}"
            for name, value in given.items()
            if name in names and value is not None and not _is_choice(name, value)
        ]
        if found:
            broken("choices that the portal knows in policy", "; ".join(found))
        return self


def _is_choice(name: str, value: bool | int | str) -> bool:
    try:
        Policy.of({name: value})
    except ValueError:
        return False
    return True


class AdviserIn(DocumentPart):
    """Programrådgiver: whom a participant calls."""

    id: Id = Field(description="Your id")
    name: Line = Field(description="Name")
    phone: Line = Field(description="Telephone")
    email: OptionalLine = Field(default="", description="E-mail")
    hours: OptionalLine = Field(default="", description="When to call, in words")


class GroupIn(DocumentPart):
    """A class or course that has a timetable of its own."""

    id: Id = Field(description="Your id; the timetable names it in X-INTRO-GROUP")
    name: OptionalLine = Field(default="", description="Name that participants know it by")


class BreakIn(Span):
    """Days without school. This is not the same as holiday (IF § 18)."""

    id: Id = Field(description="Your id")
    name: Line = Field(description="Name, e.g. Høstferie i skolen")
    first_day: Day = Field(description="First day")
    last_day: Day = Field(description="Last day")
    group: Id | None = Field(default=None, description="Your id of the only group it holds for")


class ChildIn(DocumentPart):
    """A child in the participant's care (IF §§ 6, 7): no name, only what a quota needs."""

    id: Id = Field(description="Your id")
    born: Day = Field(description="Date of birth")
    chronic: Flag = Field(default=False, description="Chronically ill or disabled (IF § 6)")


class MembershipIn(Span):
    """A participant's time in a group; open at either end where a date is left out."""

    group: Id = Field(description="Your id of the group")
    first_day: Day | None = Field(default=None, description="First day in the group")
    last_day: Day | None = Field(default=None, description="Last day in the group")


class ParticipantIn(DocumentPart):
    """A participant and what belongs to them. In a list that is not replaced, what is given is added or updated."""

    id: Id = Field(description="Your id; never given to anyone else")
    pid: Pid = Field(description="National identity number or d-number, 11 digits; may change")
    given_name: Line = Field(description="Given name")
    family_name: Line = Field(description="Family name")
    born: Day = Field(description="Date of birth")
    adviser: Id | None = Field(default=None, description="Your id of the adviser")
    language: Annotated[Language, Clearable("nb")] = Field(
        default="nb", description="Language on record; what is chosen in the portal wins"
    )
    regime: Regime = Field(description="Which law applies")
    programme: Programme = Field(description="Introduction programme, or training only")
    settled_on: Day | None = Field(default=None, description="When settled in the municipality")
    start_by: Day | None = Field(default=None, description="Last day to start (IL § 12)")
    start: Day | None = Field(default=None, description="First day of the programme")
    end: Day | None = Field(default=None, description="Last day of the programme as decided")
    ended_on: Day | None = Field(default=None, description="Day the programme was over; together with end_reason")
    end_reason: EndReason | None = Field(default=None, description="Why it is over")
    certificate_on: Day | None = Field(default=None, description="When the certificate was issued (IL § 19)")
    protected_address: bool = Field(
        default=False, description="Place and classmates are never shown; ends only by an explicit `false`"
    )
    lives_with_parent: Flag = Field(default=False, description="Lives with a parent (IL § 20)")
    partner_in_programme: Flag = Field(default=False, description="Spouse or partner takes part as well")
    sole_carer: Flag = Field(default=False, description="Alone in caring for a child (IF § 6)")
    self_certification_withdrawn: Flag = Field(default=False, description="May not self-certify (IF § 5)")
    children: Annotated[list[ChildIn] | None, Clearable([])] = Field(
        default=None, max_length=30, description="All children in their care; replaced when given"
    )
    groups: Annotated[list[MembershipIn] | None, Clearable([])] = Field(
        default=None, max_length=100, description="All groups they are in; replaced when given"
    )
    plans: list[PlanIn] = Field(default=[], max_length=200, description="Versions of the plan")
    contracts: list[ContractIn] = Field(default=[], max_length=100, description="Contracts and declarations")
    training_hours: list[TrainingHoursIn] = Field(default=[], max_length=2000, description="Training completed")
    test_results: list[TestResultIn] = Field(default=[], max_length=500, description="Results of tests")
    exemptions: list[ExemptionIn] = Field(default=[], max_length=50, description="Exemptions")
    absences: list[AbsenceIn] = Field(default=[], max_length=5000, description="Absences")
    requests: list[RequestAnswerIn] = Field(default=[], max_length=500, description="Steps on leave requests")
    decisions: list[DecisionIn] = Field(default=[], max_length=1000, description="Decisions")
    payments: list[PaymentIn] = Field(default=[], max_length=500, description="Payments")
    answers: list[AnswerIn] = Field(default=[], max_length=500, description="Answers to questions")
    contest_answers: list[ObjectionAnswerIn] = Field(
        default=[], max_length=500, description="Answers to what participants said is wrong with an absence"
    )

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        once("version", [part.version for part in self.plans], " in plans")
        once("group", [part.group for part in self.groups or []], " in groups")
        once("question", [part.question for part in self.answers], " in answers")
        once("contest", [part.contest for part in self.contest_answers], " in contest_answers")
        for name in LISTS_BY_ID:
            once("id", [part.id for part in getattr(self, name) or []], f" in {name}")
        return self

    def rules(self) -> None:
        """A programme ends after it started, and what is over has a reason (IL §§ 18, 19)."""
        if self.end and (self.start is None or self.end < self.start):
            broken(f"end on or after start ({self.start or 'none'})", self.end)
        if (self.ended_on is None) != (self.end_reason is None):
            found = f"ended_on {self.ended_on or 'none'}, end_reason {self.end_reason or 'none'}"
            broken("ended_on and end_reason together", found)
        if self.certificate_on and self.ended_on is None:
            broken("ended_on where certificate_on is given", f"certificate_on {self.certificate_on}")


LISTS_BY_ID = (
    "children", "contracts", "training_hours", "test_results", "exemptions", "absences", "decisions", "payments",
)  # fmt: skip


class DocumentIn(DocumentPart):
    """One document. It is taken whole or not at all."""

    format: Literal["introportalen/1"] = Field(description="Which version of this format it follows")
    issued_at: Moment = Field(
        description="When the document was made, with time zone; an older one changes nothing, one ahead is refused"
    )
    source: Annotated[str, StringConstraints(max_length=100, pattern=ONE_LINE), Clearable("")] = Field(
        default="",
        description="Which of your systems it comes from, e.g. payroll, where there are several; older or newer is "
        "looked at for each by itself",
    )
    municipality: MunicipalityIn = Field(description="The municipality it comes from")
    advisers: list[AdviserIn] = Field(default=[], description="Advisers; those not given stay as they are")
    groups: list[GroupIn] = Field(default=[], description="Groups; those not given stay as they are")
    breaks: list[BreakIn] = Field(default=[], description="Days without school; those not given stay as they are")
    participants: list[ParticipantIn] = Field(default=[], description="Participants; those not given stay as they are")
