"""granted days have a first and a last

Revision: 0004
After: 0003
Made: 2026-11-23 19:32:00
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

IN_PAIRS = "(granted_from IS NULL) = (granted_to IS NULL)"


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("leave_request", schema=None) as batch_op:
        batch_op.create_check_constraint(op.f("ck_leave_request_granted_dates_in_pairs"), IN_PAIRS)


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("leave_request", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_leave_request_granted_dates_in_pairs"), type_="check")
