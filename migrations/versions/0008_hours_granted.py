"""hours and clock times granted, and the sentences that were shown before sending

What was granted before in a request for hours, or for breastfeeding, was what was asked for.

Revision: 0008
After: 0007
Made: 2026-11-30 03:05:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

HOURS = sa.Numeric(precision=4, scale=2)
CHECKS = {
    "ck_leave_request_granted_hours_of_a_day": (
        "granted_hours IS NULL OR (granted_from IS NOT NULL AND granted_hours > 0 AND granted_hours <= 24)"
    ),
    "ck_leave_request_granted_times_in_pairs": "(granted_start IS NULL) = (granted_end IS NULL)",
    "ck_leave_request_granted_times_of_one_day": (
        "granted_start IS NULL OR"
        " (granted_hours IS NOT NULL AND granted_from = granted_to AND granted_end > granted_start)"
    ),
}


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("leave_request", schema=None) as batch_op:
        batch_op.add_column(sa.Column("granted_hours", HOURS, nullable=True))
        batch_op.add_column(sa.Column("granted_start", sa.Time(), nullable=True))
        batch_op.add_column(sa.Column("granted_end", sa.Time(), nullable=True))
        batch_op.add_column(sa.Column("shown", sa.LargeBinary(), nullable=True))
        for name, rule in CHECKS.items():
            batch_op.create_check_constraint(op.f(name), rule)
    with op.batch_alter_table("leave_ledger", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hours", HOURS, nullable=True))
    op.execute("UPDATE leave_request SET granted_hours = hours WHERE hours IS NOT NULL AND granted_from = granted_to")
    op.execute(
        "UPDATE leave_request SET granted_hours = 1 WHERE kind = 'breastfeeding' AND hours IS NULL"
        " AND granted_from IS NOT NULL"
    )


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("leave_ledger", schema=None) as batch_op:
        batch_op.drop_column("hours")
    with op.batch_alter_table("leave_request", schema=None) as batch_op:
        for name in CHECKS:
            batch_op.drop_constraint(op.f(name), type_="check")
        for name in ("shown", "granted_end", "granted_start", "granted_hours"):
            batch_op.drop_column(name)
