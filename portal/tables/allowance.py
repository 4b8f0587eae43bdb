"""Payments of introduksjonsstønad and their lines (IL §§ 20–24). Money is whole øre."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from portal.tables.columns import NumberedTable, check, deferred_foreign_key, enum_column, foreign_key

#: Digits, one dash between year and month, and a month that there is; said so that both engines understand it.
MONTH = (
    "trim(month, '0123456789') = '-' AND substr(month, 1, 2) IN ('19', '20') AND substr(month, 5) IN"
    " ('-01', '-02', '-03', '-04', '-05', '-06', '-07', '-08', '-09', '-10', '-11', '-12')"
)


class PaymentStatus(StrEnum):
    """Where a payment stands."""

    PLANNED = "planned"
    PAID = "paid"
    STOPPED = "stopped"
    CANCELLED = "cancelled"


class PaymentLineKind(StrEnum):
    """What a line of a payment is."""

    BASE = "base"
    INVALID_ABSENCE = "invalid_absence"
    LEAVE_WITHOUT_ALLOWANCE = "leave_without_allowance"
    OVER_QUOTA_ABSENCE = "over_quota_absence"
    PAID_WORK = "paid_work"
    OTHER_BENEFIT = "other_benefit"
    CORRECTION = "correction"


class Payment(NumberedTable, table=True):
    """The payment for one month (`month` is the month earned, e.g. 2026-10). Amounts before tax."""

    participant_id: int = foreign_key("participant.id")
    external_id: str
    month: str = Field(max_length=7)
    status: PaymentStatus = enum_column(PaymentStatus)
    due_on: date
    paid_on: date | None = None
    before_tax: int
    decision_id: int | None = deferred_foreign_key("decision.id")

    __table_args__ = (
        UniqueConstraint("participant_id", "external_id"),
        check("paid_has_date", "(status = 'paid') = (paid_on IS NOT NULL)"),
        check("never_below_zero", "before_tax >= 0"),
        check("month_of_a_year", MONTH),
    )


class PaymentLine(NumberedTable, table=True):
    """One line of a payment in øre. A deduction points at the absence that caused it where there is one."""

    __tablename__ = "payment_line"

    payment_id: int = foreign_key("payment.id")
    position: int
    kind: PaymentLineKind = enum_column(PaymentLineKind)
    amount: int
    hours: Decimal | None = Field(default=None, max_digits=6, decimal_places=2)
    days: int | None = None
    first_day: date | None = None
    last_day: date | None = None
    corrects_month: str | None = Field(default=None, max_length=7)
    absence_id: int | None = Field(default=None, foreign_key="absence.id", ondelete="SET NULL", index=True)

    __table_args__ = (
        UniqueConstraint("payment_id", "position"),
        check("deduction_is_not_positive", "kind IN ('base', 'correction') OR amount <= 0"),
        check("base_is_not_negative", "kind <> 'base' OR amount >= 0"),
        check("correction_names_month", "(kind = 'correction') = (corrects_month IS NOT NULL)"),
    )


class PaymentChange(NumberedTable, table=True):
    """What a paid payment was before the municipality changed it at `changed_at`; `lines` as facts, amounts in øre."""

    __tablename__ = "payment_change"

    payment_id: int = foreign_key("payment.id")
    changed_at: datetime
    paid_on: date
    before_tax: int
    lines: list[dict[str, Any]] = Field(sa_type=JSON)

    __table_args__ = (check("never_below_zero", "before_tax >= 0"),)
